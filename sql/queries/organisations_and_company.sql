-- Which organisations are named in the most stories, and who and what is named with them most?
-- Grain: one organisation. Reads: mentions, articles.

with
organisations as (
    select
        mention.entity_id,
        any_value(mention.name) as name,
        count(distinct article.cluster_id) as story_count,
        max(article.published_at)::date as newest_date
    from mentions as mention
    inner join articles as article on mention.article_id = article.article_id
    where mention.type = 'organization'
    group by mention.entity_id
    order by story_count desc, name asc
    limit 8
),

stories as (
    select distinct
        organisations.entity_id,
        article.article_id,
        article.cluster_id
    from organisations
    inner join mentions as mention on organisations.entity_id = mention.entity_id
    inner join articles as article on mention.article_id = article.article_id
),

company as (
    select
        story.entity_id,
        any_value(other.name) as name,
        count(distinct story.cluster_id) as story_count
    from stories as story
    inner join mentions as other on story.article_id = other.article_id
    where other.entity_id <> story.entity_id
    group by story.entity_id, other.entity_id
    qualify
        row_number() over (
            partition by story.entity_id
            order by count(distinct story.cluster_id) desc, any_value(other.name) asc
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
