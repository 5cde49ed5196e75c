-- In which time zones, other than $timezone, were stories read that a rebuild has not read since?
-- Grain: one time zone. Reads: runs, loads.

with
last_rebuild as (
    select coalesce(max(started_at), '-infinity'::timestamptz) as started_at
    from runs
    where flow = 'rebuild' and status = 'completed'
),

reading_runs as (
    select distinct run_id
    from loads
    where extracted > 0
)

select distinct run.timezone
from runs as run
inner join reading_runs as reading on run.run_id = reading.run_id
inner join last_rebuild on run.started_at >= last_rebuild.started_at
where run.timezone <> $timezone
order by run.timezone;
