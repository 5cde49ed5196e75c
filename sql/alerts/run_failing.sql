-- How many of the last ingests in a row failed or are degraded?
-- Grain: one row, or none where the last one ended well. Reads: runs.
-- What the run says of itself is not copied: it may name a story that is taken down later.

with
ended as (
    select
        run_id,
        status,
        started_at
    from runs
    where flow = 'ingest' and finished_at is not null
    order by started_at desc
    limit 100
),

last_good as (
    select coalesce(max(started_at), '-infinity'::timestamptz) as started_at
    from ended
    where status = 'completed'
)

select
    'ingest' as subject,
    count(*)::double as value,
    format('run {} is {}', max_by(run_id, started_at), max_by(status, started_at)) as detail
from ended
where started_at > (select good.started_at from last_good as good)
having count(*) > 0;
