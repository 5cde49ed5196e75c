-- Who and what is named together with someone or something.
-- Grain: one other entity. Reads: entity_articles, entities_named.

-- noqa: disable=PRS, LT02, RF02

create or replace macro named_with(entity_name) as table
with
wanted as (
    select named.entity_id
    from entities_named(entity_name) as named
)

select
    other.entity_id,
    other.type,
    other.name,
    count(distinct other.cluster_id) as story_count,
    max(other.published_at) as last_published_at
from entity_articles as other
where
    other.article_id in (
        select article.article_id
        from entity_articles as article
        semi join wanted on article.entity_id = wanted.entity_id
    )
    and other.entity_id not in (select wanted.entity_id from wanted)
group by other.entity_id, other.type, other.name
order by story_count desc, other.name asc;

comment on macro table named_with is
'Who and what the stories that name an entity name as well, most frequent first.';
