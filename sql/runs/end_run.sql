-- Records how a run ended, with the counts of the batches it loaded, and gives the row back.
-- Grain: one run. Reads: loads, runs.
-- A run that has ended keeps its row, unless it turns out afterwards to have failed.

create or replace temp table ended_run as
select
    $run_id as run_id,
    $flow as flow,
    $started_at as started_at,
    $finished_at as finished_at,
    $status as status,
    coalesce(sum(discovered), 0)::bigint as discovered,
    coalesce(sum(fetched), 0)::bigint as fetched,
    coalesce(sum(not_modified), 0)::bigint as not_modified,
    coalesce(sum(extracted), 0)::bigint as extracted,
    coalesce(sum(inserted), 0)::bigint as inserted,
    coalesce(sum(updated), 0)::bigint as updated,
    coalesce(sum(unchanged), 0)::bigint as unchanged,
    coalesce(sum(rejected), 0)::bigint as rejected,
    coalesce(sum(mentions), 0)::bigint as mentions,
    epoch($finished_at::timestamptz - $started_at::timestamptz) as seconds,
    $detail as detail,
    $base_url as base_url,
    $timezone as timezone
from loads
where run_id = $run_id;

insert into runs by name
select *
from ended_run
on conflict (run_id) do update
    set
        finished_at = excluded.finished_at,
        status = excluded.status,
        discovered = excluded.discovered,
        fetched = excluded.fetched,
        not_modified = excluded.not_modified,
        extracted = excluded.extracted,
        inserted = excluded.inserted,
        updated = excluded.updated,
        unchanged = excluded.unchanged,
        rejected = excluded.rejected,
        mentions = excluded.mentions,
        seconds = excluded.seconds,
        detail = excluded.detail
    where runs.status = 'running' or excluded.status = 'failed';

select
    run_id,
    flow,
    status,
    started_at,
    finished_at,
    discovered,
    fetched,
    not_modified,
    extracted,
    inserted,
    updated,
    unchanged,
    rejected,
    mentions,
    seconds,
    detail
from runs
where run_id = $run_id;
