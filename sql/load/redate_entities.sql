-- Dates the entities that stories have named until another recogniser went through them by the
-- stories that still name them.
-- Grain: one entity. Reads: dropped_names, mentions, article_versions, entities.

update entities
set
    first_seen_at = named.first_seen_at,
    first_article_id = coalesce(entities.first_article_id, named.first_article_id)
from (
    select
        mention.entity_id,
        min(version.seen_at) as first_seen_at,
        min(mention.article_id) as first_article_id
    from mentions as mention
    inner join article_versions as version
        on
            mention.article_id = version.article_id
            and (
                contains(version.title, mention.surface)
                or contains(version.body, mention.surface)
            )
    where mention.entity_id in (select dropped.entity_id from dropped_names as dropped)
    group by mention.entity_id
) as named
where entities.entity_id = named.entity_id;
