-- Records that a run has started.
-- Grain: one run. Reads: nothing.

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
