-- Adds the entities that the batch's mentions name and the warehouse lacks.
-- Grain: one entity. Reads: new_mentions, entities.

create or replace temp table named_entities as
select
    entity_id,
    arg_min(type, seen_at) as type,
    arg_min(name, (seen_at, name)) as name,
    min(country_code) as country_code,
    min(seen_at) as first_seen_at
from new_mentions
group by entity_id;

insert into entities by name
select named.*
from named_entities as named
anti join entities as known on named.entity_id = known.entity_id;

update entities
set
    first_seen_at = least(entities.first_seen_at, named.first_seen_at),
    country_code = coalesce(entities.country_code, named.country_code)
from named_entities as named
where
    entities.entity_id = named.entity_id
    and (
        entities.first_seen_at > named.first_seen_at
        or (entities.country_code is null and named.country_code is not null)
    );
