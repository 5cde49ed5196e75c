-- Records that a run has started, and that others have ended without saying so.
-- Grain: one run. Reads: loads, runs; $dead_run_ids, the runs whose process is gone.

update runs
set
    finished_at = $now,
    status = 'failed',
    discovered = loaded.discovered,
    fetched = loaded.fetched,
    not_modified = loaded.not_modified,
    extracted = loaded.extracted,
    inserted = loaded.inserted,
    updated = loaded.updated,
    unchanged = loaded.unchanged,
    rejected = loaded.rejected,
    mentions = loaded.mentions,
    detail = 'its process ended before the run did; the next run recovered its batches'
from (
    select
        dead.run_id,
        coalesce(sum(load.discovered), 0) as discovered,
        coalesce(sum(load.fetched), 0) as fetched,
        coalesce(sum(load.not_modified), 0) as not_modified,
        coalesce(sum(load.extracted), 0) as extracted,
        coalesce(sum(load.inserted), 0) as inserted,
        coalesce(sum(load.updated), 0) as updated,
        coalesce(sum(load.unchanged), 0) as unchanged,
        coalesce(sum(load.rejected), 0) as rejected,
        coalesce(sum(load.mentions), 0) as mentions
    from (select unnest($dead_run_ids::varchar[]) as run_id) as dead
    left join loads as load on dead.run_id = load.run_id
    group by dead.run_id
) as loaded
where runs.run_id = loaded.run_id and runs.status = 'running';

insert into runs by name
select
    $run_id as run_id,
    $flow as flow,
    $started_at as started_at,
    'running' as status,
    0 as discovered,
    0 as fetched,
    0 as not_modified,
    0 as extracted,
    0 as inserted,
    0 as updated,
    0 as unchanged,
    0 as rejected,
    0 as mentions,
    $base_url as base_url,
    $timezone as timezone
on conflict do nothing;
