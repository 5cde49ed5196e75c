-- Which loss windows are open, the oldest first?
-- Grain: one loss window. Reads: loss_windows.

select
    feed_url,
    noticed_at,
    first_id,
    last_id,
    last_id - first_id + 1 - settled_count as left_count,
    found_count
from loss_windows
where closed_at is null
order by noticed_at, feed_url;
