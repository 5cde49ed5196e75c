-- Which organisations are named in the most stories, and who and what is named with them most?
-- Grain: one organisation. Reads: entity_articles, mentions.

with
organisations as (
    select
        entity_id,
        name,
        count(distinct cluster_id) as story_count,
        max(published_at)::date as newest_date
    from entity_articles
    where type = 'organization'
    group by entity_id, name
    order by story_count desc, name asc
    limit 8
),

company as (
    select
        article.entity_id,
        other.name,
        count(distinct article.cluster_id) as story_count
    from organisations
    inner join entity_articles as article on organisations.entity_id = article.entity_id
    inner join mentions as other on article.article_id = other.article_id
    where other.entity_id <> article.entity_id
    group by article.entity_id, other.entity_id, other.name
    qualify
        row_number() over (
            partition by article.entity_id
            order by count(distinct article.cluster_id) desc, other.name asc
        ) <= 3
)

select
    organisations.name,
    organisations.story_count,
    organisations.newest_date,
    string_agg(
        concat(company.name, ' (', company.story_count, ')'), ', '
        order by company.story_count desc, company.name asc
    ) as named_with
from organisations
left join company on organisations.entity_id = company.entity_id
group by organisations.name, organisations.story_count, organisations.newest_date
order by organisations.story_count desc, organisations.name asc;
