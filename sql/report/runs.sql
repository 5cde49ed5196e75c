-- How did the last runs end?
-- Grain: one of the ten last runs. Reads: runs.

select
    run.started_at,
    run.flow,
    run.status,
    run.fetched,
    run.inserted,
    run.updated,
    run.rejected
from runs as run
order by run.started_at desc
limit 10;
