-- The page's day is the token's, and the dateline's is the site's or the one after it.
-- Severity: warn. Grain: one story. Reads: date_evidence, fresh.

select
    article_id,
    site_date,
    page_days,
    dateline_days
from date_evidence
where
    article_id in (select story.article_id from fresh as story)
    and (page_days <> 0 or dateline_days not between 0 and 1)
order by article_id;
