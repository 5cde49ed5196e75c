-- How did the last runs go?
-- Grain: one run. Reads: runs.

select
    run_id,
    flow,
    status,
    discovered,
    fetched,
    not_modified,
    inserted,
    updated,
    unchanged,
    rejected,
    mentions,
    round(seconds, 1) as seconds,
    detail
from runs
order by started_at desc
limit 10;
