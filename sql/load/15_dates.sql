-- `dated`: every reading of the batch, and every known article that the batch lists, with the best
-- possible date.
-- Grain: one reading, or (capture_id null) one known article that is listed.
-- Reads: staged_articles, staged_listing_entries, articles, listing_entries, calibration_segments.
-- Possible is what lies after 1999 and not more than a day after the page was seen. The candidates
-- are ordered, not averaged: the page's clock is exact, a feed's is the page's at second hand, the
-- token has the day only, and ids grow with time, good to about a day. What is far from the id, and
-- from the token or page as well, is not believed. An estimate is bounded by the dateline. It
-- stays as it was when the story was loaded, though later loads refine the calibration; a story
-- read again is estimated again, and the view date_evidence has today's estimate for every story.

create or replace temp table dated as
with
-- the pages read, and the known articles that a listing of this batch may date
dated_items as (
    select distinct on (article_id, capture_id)
        article_id,
        capture_id,
        page_at,
        token_at,
        dateline_date,
        seen_at
    from staged_articles
    union all
    select
        article_id,
        null as capture_id,
        page_at,
        token_at,
        dateline_date,
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
    where article_id in (select item.article_id from dated_items as item)
    group by article_id
),

estimates as (
    select
        item.*,
        listed.feed_at,
        listed.listed_at,
        line.starts_at + (line.ends_at - line.starts_at) * (
            (item.article_id - line.first_id) / (line.last_id - line.first_id)
        ) as id_at,
        -- How far off the estimate may be, in days. Below the oldest known id nothing is known, and
        -- an id of a day to come is no witness.
        case
            when item.article_id < line.first_id then null
            when id_at > item.seen_at + interval 1 month then null
            else 90 + (epoch(greatest(line.ends_at, id_at)) - epoch(line.starts_at)) / 86400 / 2
        end as slack_days
    from dated_items as item
    left join listed on item.article_id = listed.article_id
    asof left join calibration_segments as line on item.article_id >= line.from_id
),

-- a dateline seldom prints the year: the one that is nearest to the estimate
dateline_years as (
    select
        *,
        (
            dateline_date
            + to_years(round((epoch(id_at) - epoch(dateline_date)) / 31556952)::integer)
        ) at time zone 'UTC' as dateline_at
    from estimates
),

candidates as (
    select
        article_id,
        capture_id,
        feed_at,
        listed_at,
        id_at,
        slack_days,
        [
            { 'at': page_at, 'basis': 'page', 'other_at': token_at },
            { 'at': feed_at, 'basis': 'feed', 'other_at': token_at },
            { 'at': token_at, 'basis': 'token', 'other_at': page_at },
            {
                'at': case
                    when abs(epoch(id_at) - epoch(dateline_at)) <= 86400 * (10 + slack_days / 8)
                        then greatest(
                            least(id_at, dateline_at + interval '47 hours'), dateline_at
                        )
                    else id_at
                end,
                'basis': 'article_id',
                'other_at': null
            }
        ] as dates,
        seen_at + interval 1 day as latest_at
    from dateline_years
),

final as (
    select
        article_id,
        capture_id,
        feed_at,
        listed_at,
        list_filter(
            dates,
            lambda candidate:
            candidate.at >= '2000-01-01 00:00:00+00'::timestamptz
            and candidate.at <= latest_at
            and (
                candidate.basis = 'article_id'
                or coalesce(abs(epoch(candidate.at) - epoch(id_at)) <= 86400 * slack_days, true)
                or coalesce(
                    abs(epoch(candidate.at) - epoch(candidate.other_at)) <= 86400 * 7, false
                )
            )
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
