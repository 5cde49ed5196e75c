-- The stories of which sites does the warehouse hold, or wait to be loaded?
-- Grain: one base URL. Reads: runs, loads, $waiting, the ids of the runs that left batches on disk.
-- A listing entry counts like a story, since the next run requests what was listed.

with
loading_runs as (
    select run_id
    from loads
    where discovered > 0 or extracted > 0
    union
    select regexp_extract(batch_id, '^(.*)-[^-]*$', 1) as run_id
    from loads
    where discovered > 0 or extracted > 0
)

select distinct base_url
from runs
where
    run_id in (select loading.run_id from loading_runs as loading)
    or list_contains($waiting::varchar[], run_id)
order by base_url;
