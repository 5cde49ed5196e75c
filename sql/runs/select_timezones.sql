-- In which time zones, other than $timezone, were stories read that a rebuild has not read since?
-- Grain: one time zone. Reads: runs, loads.

with
last_rebuilds as (
    select coalesce(max(started_at), '-infinity'::timestamptz) as started_at
    from runs
    where flow = 'rebuild' and status = 'completed'
),

reading_runs as (
    select distinct run_id
    from loads
    where extracted > 0
)

select distinct timezone
from runs
where
    timezone <> $timezone
    and started_at >= (select last_rebuild.started_at from last_rebuilds as last_rebuild)
    and run_id in (select reading.run_id from reading_runs as reading)
order by timezone;
