-- Who is named with whom, as the edges of a network for Gephi and the like.
-- Grain: one unordered pair of entities. Reads: mentions, articles, entities.
-- The view entity_pairs has the same and more; names come last here, since a million pairs are
-- counted. The limit has no default of null, which DuckLake can't store.

-- noqa: disable=PRS, LT02, RF02

create or replace macro network_of(entity_type, row_limit := 1000) as table
with
named as (
    select distinct
        mention.entity_id,
        mention.article_id,
        article.cluster_id
    from main.mentions as mention
    inner join main.articles as article on mention.article_id = article.article_id
    where mention.type = entity_type
),

pairs as (
    select
        one.entity_id,
        other.entity_id as other_id,
        count(distinct one.cluster_id) as weight,
        rank() over (order by weight desc) as rank
    from named as one
    inner join named as other on one.article_id = other.article_id
    where one.entity_id < other.entity_id
    group by one.entity_id, other.entity_id
)

select
    source.name as source,
    target.name as target,
    pairs.weight,
    pairs.entity_id as source_id,
    pairs.other_id as target_id
from pairs
inner join main.entities as source on pairs.entity_id = source.entity_id
inner join main.entities as target on pairs.other_id = target.entity_id
where pairs.rank <= row_limit
order by pairs.weight desc, source asc, target asc, source_id asc, target_id asc
limit if(row_limit < 0, 0, row_limit);

comment on macro table network_of is
'Pairs of entities of a type (person, organization, place) that stories name together, with the
number of stories: edges for Gephi and the like, the heaviest first. At most row_limit rows, 1,000
by default.';
