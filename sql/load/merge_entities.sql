-- Adds the entities that the batch's mentions name and the warehouse lacks.
-- Grain: one entity. Reads: new_mentions, entities.
-- An entity goes by the name in the story of the smallest id, whatever the order of loading.
-- `earlier_entities` are those that a smaller id than any before names, the new ones among them.
-- The warehouse's entities are looked through once, to tell the few that the batch changes.

create or replace temp table named_entities as
with
named as (
    select
        entity_id,
        arg_min(type, article_id) as type,
        arg_min(name, (article_id, name)) as name,
        min(country_code) as country_code,
        min(seen_at) as first_seen_at,
        min(article_id) as first_article_id
    from new_mentions
    group by entity_id
)

select
    named.*,
    known.entity_id is null as is_new,
    known.canonical_id is null as is_unsettled,
    coalesce(named.first_article_id <= known.first_article_id, true) as is_first,
    named.first_seen_at < known.first_seen_at as is_seen_earlier,
    known.country_code is null and named.country_code is not null as tells_country
from named
left join entities as known on named.entity_id = known.entity_id;

create or replace temp table earlier_entities as
select entity_id
from named_entities
where is_unsettled or is_first;

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
