-- Which responses tell whether the archive is as the warehouse says? The last of each of the newest
-- files, since what is cut off or lost is lost from the end, and some others.
-- Grain: one response. Reads: captures; $file_count and $other_count, the most of each.

with
last_of_files as (
    select
        warc_path,
        max(warc_offset) as warc_offset
    from captures
    group by warc_path
    order by max(fetched_at) desc
    limit $file_count
),

others as (
    select
        warc_path,
        warc_offset
    from captures
    order by hash(capture_id)
    limit $other_count
),

chosen as (
    select *
    from last_of_files
    union
    select *
    from others
)

select
    capture.warc_path,
    capture.warc_offset,
    capture.payload_sha256
from captures as capture
inner join chosen
    on
        capture.warc_path = chosen.warc_path
        and capture.warc_offset = chosen.warc_offset
order by
    capture.warc_path,
    capture.warc_offset;
