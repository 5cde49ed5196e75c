-- On which days can copies of the examined stories be published? Null twice where none is examined.
-- Grain: one row. Reads: examined, articles.
-- Copies follow within six days; see LONGEST_GAP in tasks/wire/similarity.py.

select
    cast(min(article.published_at) at time zone 'UTC' as date) - 6 as first_date,
    cast(max(article.published_at) at time zone 'UTC' as date) + 6 as last_date
from articles as article
semi join examined on article.article_id = examined.article_id;
