-- No loss window has been open for more than a week: wirehouse backfill --gaps asks for its ids.
-- Severity: warn. Grain: one loss window. Reads: loss_windows.

select
    feed_url,
    noticed_at,
    last_id - first_id + 1 - settled_count as left_count
from loss_windows
where
    closed_at is null
    and noticed_at < now() - interval 7 days
order by noticed_at, feed_url;
