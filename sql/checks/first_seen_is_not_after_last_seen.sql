-- No article was seen for the last time before it was seen for the first.
-- Severity: fail. Grain: one story. Reads: articles.

select
    article_id,
    first_seen_at,
    last_seen_at,
    last_checked_at
from articles
where first_seen_at > last_seen_at or last_seen_at > last_checked_at;
