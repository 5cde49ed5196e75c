-- What share of the newest pages has an unknown layout?
-- Grain: one row, or none with fewer than 20 pages. Reads: loads, runs; $now.
-- The newest are the last batches of ingests that have 50 pages together.

with
ingests as (
    select run_id
    from runs
    where flow = 'ingest'
),

newest_loads as (
    select *
    from loads
    where loaded_at > $now::timestamptz - interval 2 days
),

recent as (
    select
        load.extracted,
        load.unknown_layout,
        sum(load.extracted) over newest_first - load.extracted as newer_count
    from newest_loads as load
    semi join ingests as ingest on load.run_id = ingest.run_id
    window
        newest_first as (
            order by load.loaded_at desc, load.batch_id desc
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
