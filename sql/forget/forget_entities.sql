-- Forgets the rulings on entities that went with the leaving stories, and lets each that is left be
-- first named by a story that is left.
-- Grain: one entity. Reads: unnamed_entities, lost_entities, mentions, entities.

delete from entity_decisions
where
    entity_id in (select unnamed.entity_id from unnamed_entities as unnamed)
    or other_id in (select unnamed.entity_id from unnamed_entities as unnamed);

update entities
set first_article_id = named.first_article_id
from (
    select
        mention.entity_id,
        min(mention.article_id) as first_article_id
    from mentions as mention
    semi join lost_entities as lost on mention.entity_id = lost.entity_id
    group by mention.entity_id
) as named
where entities.entity_id = named.entity_id;
