-- Which edges has the network of those who are named together, for Gephi and the like?
-- Grain: one pair of persons. Reads: mentions, articles, entities.
-- The view entity_pairs has the same; names come last here, since a million pairs are counted.

with
people as (
    select distinct
        mention.entity_id,
        mention.article_id,
        article.cluster_id
    from mentions as mention
    inner join articles as article on mention.article_id = article.article_id
    where mention.type = 'person'
),

pairs as (
    select
        one.entity_id,
        other.entity_id as other_id,
        count(distinct one.cluster_id) as weight
    from people as one
    inner join people as other on one.article_id = other.article_id
    where one.entity_id < other.entity_id
    group by one.entity_id, other.entity_id
    qualify rank() over (order by weight desc) <= 100
)

select
    source.name as source,
    target.name as target,
    pairs.weight
from pairs
inner join entities as source on pairs.entity_id = source.entity_id
inner join entities as target on pairs.other_id = target.entity_id
order by pairs.weight desc, source asc, target asc
limit 100;
