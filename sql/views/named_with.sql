-- Who and what is named together with someone or something.
-- Grain: one other entity. Reads: articles_with, mentions.

-- noqa: disable=PRS, LT02, RF02

create or replace macro named_with(entity_name) as table
with
wanted as (
    select distinct
        article.entity_id,
        article.article_id,
        article.cluster_id,
        article.published_at
    from articles_with(entity_name) as article
)

select
    other.entity_id,
    other.type,
    other.name,
    count(distinct wanted.cluster_id) as story_count,
    max(wanted.published_at) as last_published_at
from main.mentions as other
inner join wanted on other.article_id = wanted.article_id
where other.entity_id not in (select itself.entity_id from wanted as itself)
group by other.entity_id, other.type, other.name
order by story_count desc, other.name asc;

comment on macro table named_with is
'Who and what the stories that name an entity name as well, most frequent first.';
