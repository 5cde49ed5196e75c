-- Adds the entities that the mentions name and the warehouse lacks, and updates known ones.
-- `touched_entities`: all that the batch names or named before, and whether that changes what any
-- of them may be one with.
-- Grain: one entity. Reads: new_mentions, former_names, changed_uses, readings, article_versions,
-- entities, mentions.
-- An entity's name is the one in the story of the smallest id, whatever the order of loading. Names
-- of stories that are annotated again are dated by the first version of the story that has the
-- name, as they would have been if the recogniser had read that version; `dropped_names` are those
-- that such a story has no more. The warehouse's entities are scanned once, to find the few that
-- the batch changes.

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

create or replace temp table named as
select
    entity_id,
    arg_min(type, article_id) as type,
    arg_min(name, (article_id, name)) as name,
    min(country_code) as country_code,
    min(seen_at) as first_seen_at,
    min(article_id) as first_article_id
from new_mentions
group by entity_id;

-- by their places: of all others only the ids are read
create or replace temp table known_rows as
select entity.rowid as row_id
from entities as entity
semi join named on entity.entity_id = named.entity_id;

create or replace temp table named_entities as
with
known_entities as (
    select
        entity.entity_id,
        entity.country_code,
        entity.first_seen_at,
        entity.first_article_id,
        entity.rowid as row_id
    from entities as entity
    where entity.rowid in (select place.row_id from known_rows as place)
)

select
    named.*,
    known.row_id,
    known.entity_id is null as is_new,
    coalesce(named.first_article_id <= known.first_article_id, true) as is_first,
    named.first_seen_at < known.first_seen_at as is_seen_earlier,
    known.country_code is null and named.country_code is not null as tells_country
from named
left join known_entities as known on named.entity_id = known.entity_id;

create or replace temp table renamed_rows as
select row_id
from named_entities
where is_first and not is_new;

create or replace temp table earlier_entities as
select entity_id
from named_entities
where is_new or is_first;

update entities
set
    name = case when changed.is_first then changed.name else entities.name end,
    first_article_id = least(entities.first_article_id, changed.first_article_id),
    first_seen_at = least(entities.first_seen_at, changed.first_seen_at),
    country_code = coalesce(entities.country_code, changed.country_code)
from (
    select named.*
    from named_entities as named
    where not named.is_new and (named.is_first or named.is_seen_earlier or named.tells_country)
) as changed
where entities.entity_id = changed.entity_id;

insert into entities by name
select
    entity_id,
    type,
    name,
    country_code,
    first_seen_at,
    first_article_id,
    entity_id as canonical_id
from named_entities
where is_new;

-- searching the texts of an entity's stories is expensive, and rarely needed
set variable has_dropped_names = (
    select count(*) > 0
    from dropped_names
);

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
    where
        getvariable('has_dropped_names')
        and mention.entity_id in (select dropped.entity_id from dropped_names as dropped)
    group by mention.entity_id
) as named
where entities.entity_id = named.entity_id;

create or replace temp table touched_entities as
with
touched as (
    select
        entity_id,
        false as is_changed
    from new_mentions
    union
    select
        entity_id,
        true as is_changed
    from changed_uses
    where change < 0
    union
    select
        entity_id,
        true as is_changed
    from earlier_entities
)

select
    entity_id,
    bool_or(is_changed) as is_changed
from touched
group by entity_id;
