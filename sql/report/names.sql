-- Who and where is in the news?
-- Grain: one of the 12 most named entities of each type. Reads: entity_articles, articles.

with
articles_of_period as (
    select *
    from articles
    where published_at >= $period_start_at
),

counted as (
    select
        entity_article.type,
        entity_article.name,
        count(distinct entity_article.cluster_id) as stories,
        arg_max(article.title, article.published_at) as newest_title,
        arg_max(article.url, article.published_at) as url
    from entity_articles as entity_article
    inner join articles_of_period as article on entity_article.article_id = article.article_id
    group by entity_article.type, entity_article.entity_id, entity_article.name
),

ranked as (
    select
        *,
        row_number() over (
            partition by type
            order by stories desc, name asc
        ) as rank
    from counted
)

select
    type,
    name,
    stories,
    newest_title,
    url
from ranked
where rank <= 12
order by type, rank;
