-- Whether a story names a person, organisation or place.
-- Grain: one value. Reads: mentions, entities_named.

-- noqa: disable=PRS, LT02, RF02

create or replace macro mentioned(story_id, entity_name) as (
    story_id in (
        select mention.article_id
        from ops.mentions as mention
        inner join entity_names as known on mention.entity_id = known.name_id
        where known.entity_id in (select named.entity_id from entities_named(entity_name) as named)
    )
);

comment on macro mentioned is
'Whether the story of an id names the entity of a name: combine it by and, or and not.';
