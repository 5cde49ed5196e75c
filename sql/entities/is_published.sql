-- Has everything that was loaded been checked and published?
-- Grain: one answer. Reads: loads, runs.

with
last_completed as (
    select max(finished_at) as finished_at
    from runs
    where status = 'completed'
)

select not exists (
    select load.batch_id
    from loads as load
    cross join last_completed
    where last_completed.finished_at is null or load.loaded_at > last_completed.finished_at
) as is_published;
