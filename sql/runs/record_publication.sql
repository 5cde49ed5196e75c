-- Records how long it took to publish the readers' copy.
-- Grain: one run. Reads: runs.

update runs
set publish_seconds = $seconds
where run_id = $run_id;
