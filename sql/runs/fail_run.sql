-- Records that a run is gone without having said how it ended.
-- Grain: one run. Reads: loads.

update runs
set
    finished_at = $now,
    status = 'failed',
    discovered = coalesce(loaded.discovered, 0),
    fetched = coalesce(loaded.fetched, 0),
    not_modified = coalesce(loaded.not_modified, 0),
    extracted = coalesce(loaded.extracted, 0),
    inserted = coalesce(loaded.inserted, 0),
    updated = coalesce(loaded.updated, 0),
    unchanged = coalesce(loaded.unchanged, 0),
    rejected = coalesce(loaded.rejected, 0),
    mentions = coalesce(loaded.mentions, 0),
    detail = 'its process ended before the run did; the next run carried on'
from (
    select
        sum(discovered) as discovered,
        sum(fetched) as fetched,
        sum(not_modified) as not_modified,
        sum(extracted) as extracted,
        sum(inserted) as inserted,
        sum(updated) as updated,
        sum(unchanged) as unchanged,
        sum(rejected) as rejected,
        sum(mentions) as mentions
    from loads
    where run_id = $run_id
) as loaded
where runs.run_id = $run_id and runs.status = 'running';
