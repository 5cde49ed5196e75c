-- No feed gap has been open for more than a week: wirehouse backfill --gaps requests its ids.
-- Severity: warn. Grain: one feed gap. Reads: feed_gaps.

select
    feed_url,
    detected_at,
    last_id - first_id + 1 - resolved_count as left_count
from feed_gaps
where
    closed_at is null
    and detected_at < now() - interval 7 days
order by detected_at, feed_url;
