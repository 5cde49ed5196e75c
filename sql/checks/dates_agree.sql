-- The page's day is the token's, the dateline's is the site's or the one after it, and no source is
-- months from the date that is believed.
-- Severity: warn. Grain: one story. Reads: date_evidence, fresh.

select
    article_id,
    site_date,
    page_days,
    dateline_days,
    page_at,
    feed_at,
    published_at
from date_evidence
where
    -- lets the view read few stories: it dates those that remain
    article_id between getvariable('first_fresh_id') and getvariable('last_fresh_id')
    and article_id in (select story.article_id from fresh as story)
    and (
        page_days <> 0
        or dateline_days not between 0 and 1
        or abs(epoch(page_at) - epoch(published_at)) > 86400 * 60
        or abs(epoch(feed_at) - epoch(published_at)) > 86400 * 60
    )
order by article_id;
