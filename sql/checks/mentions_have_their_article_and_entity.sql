-- Every mention points at an article and an entity that are in the warehouse.
-- Severity: fail. Grain: one name in one text. Reads: mentions, articles, entities, fresh.

with
looked_at as materialized (
    select
        mention.article_id,
        mention.entity_id
    from mentions as mention
    where
        $everything
        or mention.article_id in (select story.article_id from fresh as story)
)

select
    mention.article_id,
    mention.entity_id
from looked_at as mention
left join articles as article on mention.article_id = article.article_id
left join entities as entity on mention.entity_id = entity.entity_id
where article.article_id is null or entity.entity_id is null;
