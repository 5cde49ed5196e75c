-- Which feed gaps are open, the oldest first?
-- Grain: one feed gap. Reads: feed_gaps.

select
    feed_url,
    detected_at,
    first_id,
    last_id,
    last_id - first_id + 1 - resolved_count as left_count,
    recovered_count
from feed_gaps
where closed_at is null
order by detected_at, feed_url;
