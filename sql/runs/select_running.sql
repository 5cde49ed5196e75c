-- Which runs have no end yet?
-- Grain: one run. Reads: runs.

select run_id
from runs
where status = 'running'
order by run_id;
