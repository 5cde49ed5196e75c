-- How many stories did each provider publish on each day or week of the period?
-- Grain: a day or week and one of the eight providers with the most stories, or "others".
-- Reads: articles.

with
stories as (
    select
        article.provider,
        date_trunc($bucket, article.published_at)::date as published_date
    from articles as article
    where article.published_at >= $period_start_at
),

leaders as (
    select story.provider
    from stories as story
    group by story.provider
    order by count(*) desc, story.provider asc
    limit 8
)

select
    story.published_date,
    coalesce(leader.provider, 'others') as provider,
    count(*) as stories
from stories as story
left join leaders as leader on story.provider = leader.provider
group by all
order by story.published_date, provider;
