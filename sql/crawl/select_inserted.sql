-- How many stories were new to each of the last ten ingests?
-- Grain: one ingest, the newest first. Reads: runs.

select inserted
from runs
where
    flow = 'ingest'
    and status = 'completed'
order by started_at desc
limit 10;
