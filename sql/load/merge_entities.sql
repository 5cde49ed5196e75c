-- Adds the entities that the batch's mentions name and the warehouse lacks.
-- Grain: one entity. Reads: new_mentions, entities.
-- An entity goes by the name in the story of the smallest id, whatever the order of loading.
-- `earlier_entities` are those that a smaller id than any before names, the new ones among them.

create or replace temp table named_entities as
select
    entity_id,
    arg_min(type, article_id) as type,
    arg_min(name, (article_id, name)) as name,
    min(country_code) as country_code,
    min(seen_at) as first_seen_at,
    min(article_id) as first_article_id
from new_mentions
group by entity_id;

insert into entities by name
select
    named.*,
    named.entity_id as canonical_id
from named_entities as named
anti join entities as known on named.entity_id = known.entity_id;

create or replace temp table earlier_entities as
select named.entity_id
from named_entities as named
left join entities as known on named.entity_id = known.entity_id
where
    known.canonical_id is null
    or known.first_article_id is null
    or named.first_article_id <= known.first_article_id;

update entities
set
    name = case
        when coalesce(named.first_article_id <= entities.first_article_id, true) then named.name
        else entities.name
    end,
    first_article_id = least(entities.first_article_id, named.first_article_id),
    first_seen_at = least(entities.first_seen_at, named.first_seen_at),
    country_code = coalesce(entities.country_code, named.country_code)
from named_entities as named
where
    entities.entity_id = named.entity_id
    and (
        coalesce(named.first_article_id <= entities.first_article_id, true)
        or named.first_seen_at < entities.first_seen_at
        or (entities.country_code is null and named.country_code is not null)
    );
