-- Is any feed gap open?
-- Grain: one row. Reads: feed_gaps.

select count(*) as window_count
from feed_gaps
where closed_at is null;
