-- Which organisations are named in the most stories, and who and what is named with them most?
-- Grain: one organisation. Reads: mentions, articles, entities.
-- Names come last, since a million mentions are counted.

with
organisations as (
    select
        mention.entity_id,
        count(distinct article.cluster_id) as story_count,
        max(article.published_at)::date as newest_date
    from mentions as mention
    inner join articles as article on mention.article_id = article.article_id
    where mention.type = 'organization'
    group by mention.entity_id
    qualify rank() over (order by story_count desc) <= 8
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
        other.entity_id as other_id,
        count(distinct story.cluster_id) as story_count
    from stories as story
    inner join mentions as other on story.article_id = other.article_id
    where other.entity_id <> story.entity_id
    group by story.entity_id, other.entity_id
    qualify rank() over (partition by story.entity_id order by story_count desc) <= 3
),

named_company as (
    select
        company.entity_id,
        entity.name,
        company.story_count
    from company
    inner join entities as entity on company.other_id = entity.entity_id
    qualify
        row_number() over (
            partition by company.entity_id order by company.story_count desc, entity.name asc
        ) <= 3
)

select
    entity.name,
    organisations.story_count,
    organisations.newest_date,
    string_agg(
        concat(company.name, ' (', company.story_count, ')'), ', '
        order by company.story_count desc, company.name asc
    ) as named_with
from organisations
inner join entities as entity on organisations.entity_id = entity.entity_id
left join named_company as company on organisations.entity_id = company.entity_id
group by entity.name, organisations.story_count, organisations.newest_date
order by organisations.story_count desc, entity.name asc
limit 8;
