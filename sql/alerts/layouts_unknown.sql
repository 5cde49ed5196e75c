-- What share of the newest pages has an unknown layout?
-- Grain: one row, or none with fewer than 20 pages. Reads: loads, runs; $now.
-- The newest are the last batches of ingests that have 50 pages together.

with
newest_loads as (
    select *
    from loads
    where
        loaded_at > $now::timestamptz - interval 2 days
        and run_id in (
            select run.run_id from runs as run
            where run.flow = 'ingest'
        )
),

recent as (
    select
        extracted,
        unknown_layout,
        sum(extracted) over newest_first - extracted as newer_count
    from newest_loads
    window
        newest_first as (
            order by loaded_at desc, batch_id desc
            rows unbounded preceding
        )
)

select
    'pages' as subject,
    sum(unknown_layout) / sum(extracted) as value,
    format('{} of the newest {} pages', sum(unknown_layout)::bigint, sum(extracted)::bigint)
        as detail
from recent
where newer_count < 50
having sum(extracted) >= 20;
