-- How many hours old is the newest story?
-- Grain: one row, or none where that story was old when it was fetched, as in an archive.
-- Reads: articles; $now.

with
newest as (
    select
        max(published_at) as published_at,
        max_by(first_seen_at, published_at) as first_seen_at
    from articles
    where published_at <= $now
)

select
    'all stories' as subject,
    epoch($now - published_at) / 3600 as value,
    strftime(published_at, 'the newest is of %Y-%m-%d %H:%M UTC') as detail
from newest
where first_seen_at < published_at + interval 1 day;
