-- Up to which record of each of its files is the archive of these runs in the warehouse?
-- Grain: one file of the archive. Reads: captures, $run_ids.

select
    warc_path,
    max(warc_offset) as warc_offset
from captures
where list_contains($run_ids::varchar[], run_id)
group by warc_path;
