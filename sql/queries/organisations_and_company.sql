-- Which organisations are named in the most stories, and who and what is named with them most?
-- Grain: one organisation. Reads: entity_articles, entity_pairs.

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
),

ranked_company as (
    select
        entity_id,
        other_name,
        story_count,
        row_number() over (
            partition by entity_id
            order by story_count desc, other_name asc
        ) as rank
    from entity_pairs
    where type = 'organization'
),

company as (
    select
        entity_id,
        string_agg(
            concat(other_name, ' (', story_count, ')'), ', '
            order by story_count desc, other_name asc
        ) as named_with
    from ranked_company
    where rank <= 3
    group by entity_id
)

select
    organisations.name,
    organisations.story_count,
    organisations.newest_date,
    company.named_with
from organisations
left join company on organisations.entity_id = company.entity_id
order by organisations.story_count desc, organisations.name asc
limit 8;
