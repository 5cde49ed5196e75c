-- How many stories name someone or something, period by period.
-- Grain: one day, week, month, quarter or year (UTC), from the first that names it to the newest
-- story. Reads: articles_with, articles.

-- noqa: disable=PRS, LT02, RF02

create or replace macro timeline(entity_name, bucket := 'day') as table
with
named_articles as (
    select
        article.cluster_id,
        article.mention_count,
        date_trunc(bucket, article.published_at at time zone 'UTC') as period
    from articles_with(entity_name) as article
),

periods as (
    select unnest(generate_series(
        (select min(named_article.period) from named_articles as named_article),
        (
            select date_trunc(bucket, max(article.published_at) at time zone 'UTC')
            from main.articles as article
        ),
        cast('1 ' || bucket as interval)
    )) as period
)

select
    cast(periods.period as date) as period_date,
    count(distinct named_article.cluster_id) as story_count,
    coalesce(cast(sum(named_article.mention_count) as bigint), 0) as mention_count
from periods
left join named_articles as named_article on periods.period = named_article.period
group by periods.period
order by periods.period;

comment on macro table timeline is
'Stories that name an entity by day, week, month, quarter or year; a period without one has a 0.';
