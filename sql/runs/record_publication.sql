-- Records what it cost to give readers their copy.
-- Grain: one run. Reads: runs.

update runs
set publish_seconds = $seconds
where run_id = $run_id;
