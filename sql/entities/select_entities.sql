-- Which of these entities are there?
-- Grain: one entity. Reads: entities, $entity_ids.

with
wanted as (
    select unnest($entity_ids::varchar[]) as entity_id
)

select
    entity.entity_id,
    entity.type,
    entity.name,
    canonical.name as canonical_name,
    entity.canonical_id
from entities as entity
inner join entities as canonical on entity.canonical_id = canonical.entity_id
semi join wanted on entity.entity_id = wanted.entity_id;
