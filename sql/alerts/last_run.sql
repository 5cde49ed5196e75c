-- How many times its usual interval ago did an ingest last end well?
-- Grain: one row, or none before the sixth ingest. Reads: runs, poll_schedule; $now.
-- The interval is the median of the last twenty, and at least a quarter of an hour. While no feed
-- is due no run is missing.

with
good as (
    select
        started_at,
        finished_at
    from runs
    where flow = 'ingest' and status in ('completed', 'degraded') and finished_at <= $now
    order by started_at desc
    limit 21
),

intervals as (
    select
        finished_at,
        epoch(started_at - lag(started_at) over (order by started_at)) as seconds
    from good
),

usual as (
    select
        max(finished_at) as finished_at,
        greatest(median(seconds), 900) as seconds
    from intervals
    having count(seconds) >= 5
)

select
    'ingest' as subject,
    epoch(
        $now - greatest(finished_at, (select min(schedule.due_at) from poll_schedule as schedule))
    ) / seconds as value,
    strftime(finished_at, 'the last one ended at %Y-%m-%d %H:%M UTC, ')
    || format('and one is usual every {:.0f} minutes', seconds / 60) as detail
from usual;
