-- Dates the names of stories that another recogniser went through: by the first version of the
-- story that has the name, as they would have been if it had read that version.
-- Grain: one name in one text; one entity.
-- Reads: new_mentions, former_names, readings, article_versions, entities.
-- `dropped_names` are those that such a story has no more. An entity that went by its name in the
-- story goes by that in the first of the stories to come.

update new_mentions
set seen_at = earliest.seen_at
from (
    select
        mention.article_id,
        mention.surface,
        min(version.seen_at) as seen_at
    from new_mentions as mention
    inner join readings as reading on mention.article_id = reading.article_id
    inner join article_versions as version
        on
            mention.article_id = version.article_id
            and (
                contains(version.title, mention.surface)
                or contains(version.body, mention.surface)
            )
    where reading.action = 'retag'
    group by mention.article_id, mention.surface
) as earliest
where
    new_mentions.article_id = earliest.article_id
    and new_mentions.surface = earliest.surface;

create or replace temp table dropped_names as
select
    former.article_id,
    former.entity_id
from former_names as former
anti join new_mentions as mention
    on
        former.article_id = mention.article_id
        and former.entity_id = mention.entity_id;

update entities
set first_article_id = null
from dropped_names as dropped
where
    entities.entity_id = dropped.entity_id
    and entities.first_article_id = dropped.article_id;
