-- The stories that name someone or something.
-- Grain: one entity and article. Reads: mentions, entity_names, entities_named, articles.
-- Rows as in entity_articles; there a condition on a name of one's own is met only after all
-- mentions are counted.

-- noqa: disable=PRS, LT02, RF02

create or replace macro articles_with(entity_name) as table
with
counted as (
    select
        known.entity_id,
        mention.article_id,
        count(*) as mention_count,
        bool_or(mention.part = 'title') as is_in_title,
        arg_min(mention.role, mention.start_char) filter (where mention.role is not null) as role
    from ops.mentions as mention
    inner join entity_names as known on mention.entity_id = known.name_id
    where known.entity_id in (select named.entity_id from entities_named(entity_name) as named)
    group by known.entity_id, mention.article_id
)

select
    counted.entity_id,
    counted.article_id,
    article.cluster_id,
    article.published_at,
    article.title,
    counted.mention_count,
    counted.is_in_title,
    counted.role
from counted
inner join ops.articles as article on counted.article_id = article.article_id;

comment on macro table articles_with is
'The stories that name the entity of a name, with how often and in which role.';
