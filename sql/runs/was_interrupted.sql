-- Did the last ingest die before its end, so that it may have left stories to request?
-- Grain: one row. Reads: runs. No ingest may be running; begin_run.sql words the detail.

select
    coalesce(
        max_by(status = 'running' or starts_with(detail, 'its process ended'), started_at),
        false
    ) as was_interrupted
from runs
where flow = 'ingest';
