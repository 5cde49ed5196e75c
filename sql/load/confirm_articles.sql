-- Moves the clocks of the stories that the batch bears on.
-- Grain: one story. Reads: staged_articles, staged_captures, dated, articles.
-- A text is confirmed by a page with the same text or by "not modified"; a story is checked by any
-- answer but "too many requests" and the server's own failures.

create or replace temp table clocks as
with
readings_and_answers as (
    select
        staged.article_id,
        staged.seen_at as first_seen_at,
        staged.seen_at as checked_at,
        case
            when current.title = staged.title and current.body_sha256 = staged.body_sha256
                then staged.seen_at
        end as confirmed_at
    from staged_articles as staged
    inner join articles as current on staged.article_id = current.article_id
    union all
    select
        article_id,
        fetched_at as first_seen_at,
        fetched_at as checked_at,
        case when status = 304 then fetched_at end as confirmed_at
    from staged_captures
    where article_id is not null and status < 500 and status <> 429
    union all
    select
        article_id,
        listed_at as first_seen_at,
        null as checked_at,
        null as confirmed_at
    from dated
)

select
    article_id,
    min(first_seen_at) as first_seen_at,
    max(checked_at) as checked_at,
    max(confirmed_at) as confirmed_at
from readings_and_answers
group by article_id;

update articles
set
    first_seen_at = least(articles.first_seen_at, clock.first_seen_at),
    last_seen_at = greatest(articles.last_seen_at, clock.confirmed_at),
    last_checked_at = greatest(articles.last_checked_at, clock.checked_at)
from clocks as clock
where
    articles.article_id = clock.article_id
    and (
        articles.first_seen_at > clock.first_seen_at
        or articles.last_seen_at < clock.confirmed_at
        or articles.last_checked_at < clock.checked_at
    );
