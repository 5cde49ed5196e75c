-- No article is dated before 2000, or more than a day after it was first seen as this text.
-- Severity: fail. Grain: one story. Reads: articles.

select
    article_id,
    published_at,
    published_at_basis
from articles
where
    published_at < '2000-01-01 00:00:00+00'::timestamptz
    or published_at > last_seen_at + interval 1 day;
