-- How many stories came on each of the last thirty days, and by which source are they dated?
-- Grain: one day (UTC). Reads: articles.

select
    published_at::date as published_date,
    count(*) as story_count,
    count(*) filter (where language = 'ar') as arabic_count,
    count(*) filter (where published_at_basis = 'page') as page_dated_count,
    count(*) filter (where published_at_basis <> 'page') as otherwise_dated_count
from articles
group by published_at::date
order by published_date desc
limit 30;
