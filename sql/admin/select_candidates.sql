-- Which entities may be one, most named first, and in which articles may one look?
-- Grain: one pair. Reads: entity_candidates, entities, mentions, $most.

with
article_counts as (
    select
        entity.canonical_id as entity_id,
        count(distinct mention.article_id) as article_count,
        max(mention.article_id) as article_id
    from mentions as mention
    inner join entities as entity on mention.entity_id = entity.entity_id
    where
        entity.canonical_id in (
            select unnest([candidate.entity_id, candidate.other_id])
            from entity_candidates as candidate
        )
    group by entity.canonical_id
)

select
    entity.name,
    entity.country_code as country,
    coalesce(counted.article_count, 0) as articles,
    candidate.entity_id,
    other_entity.name as other_name,
    other_entity.country_code as other_country,
    coalesce(other_counted.article_count, 0) as other_articles,
    candidate.other_id,
    candidate.evidence,
    counted.article_id as see,
    other_counted.article_id as see_other
from entity_candidates as candidate
inner join entities as entity on candidate.entity_id = entity.entity_id
inner join entities as other_entity on candidate.other_id = other_entity.entity_id
left join article_counts as counted on candidate.entity_id = counted.entity_id
left join article_counts as other_counted on candidate.other_id = other_counted.entity_id
order by articles + other_articles desc, candidate.entity_id asc, candidate.other_id asc
limit $most;
