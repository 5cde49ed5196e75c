-- `dated`: what the batch bears on, each dated by its best possible witness.
-- Grain: one reading of the batch, or (capture_id null) one known article that the batch sighted.
-- Reads: staged_articles, staged_listing_entries, articles, listing_entries, calibration_segments.
-- Possible is what lies after 1999 and not more than a day after the page was seen. An order of
-- witnesses, not an average: the page's clock is exact, a feed's is the page's at second hand, the
-- token has the day only, and ids grow with time, good to about a day. An estimate from the id
-- stays as it was when the story was loaded, though later loads refine the calibration; a story
-- read again is estimated again, and the view date_evidence has today's estimate for every story.

create or replace temp table dated as
with
-- the pages read, and the known articles that a listing of this batch may date
witnesses as (
    select distinct on (article_id, capture_id)
        article_id,
        capture_id,
        page_at,
        token_at,
        seen_at
    from staged_articles
    union all
    select
        article_id,
        null as capture_id,
        page_at,
        token_at,
        last_seen_at as seen_at
    from articles
    where article_id in (select staged.article_id from staged_listing_entries as staged)
),

-- what the listings say of them
listed as (
    select
        article_id,
        min(seen_at) as listed_at,
        arg_min(published_at, (seen_at, listing_url))
        filter (where published_at is not null) as feed_at
    from listing_entries
    where article_id in (select witness.article_id from witnesses as witness)
    group by article_id
),

candidates as (
    select
        witness.article_id,
        witness.capture_id,
        listed.feed_at,
        listed.listed_at,
        [
            { 'at': witness.page_at, 'basis': 'page' },
            { 'at': listed.feed_at, 'basis': 'feed' },
            { 'at': witness.token_at, 'basis': 'token' },
            {
                'at': line.starts_at + (line.ends_at - line.starts_at) * (
                    (witness.article_id - line.first_id)
                    / (line.last_id - line.first_id)
                ),
                'basis': 'article_id'
            }
        ] as statements,
        witness.seen_at + interval 1 day as latest_at
    from witnesses as witness
    left join listed on witness.article_id = listed.article_id
    asof left join calibration_segments as line on witness.article_id >= line.from_id
),

final as (
    select
        article_id,
        capture_id,
        feed_at,
        listed_at,
        list_filter(
            statements,
            lambda said:
            said.at >= '2000-01-01 00:00:00+00'::timestamptz and said.at <= latest_at
        )[1] as best
    from candidates
)

select
    article_id,
    capture_id,
    feed_at,
    listed_at,
    best.at as published_at,
    best.basis as published_at_basis
from final;
