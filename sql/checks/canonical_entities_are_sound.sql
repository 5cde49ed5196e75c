-- Every entity counts as one that is there, is of its type, and counts as itself.
-- Severity: fail. Grain: one entity. Reads: entities.

select
    entity.entity_id,
    entity.canonical_id
from (
    select *
    from entities
    where canonical_id is distinct from entity_id  -- the others are sound as they stand
) as entity
left join entities as canonical on entity.canonical_id = canonical.entity_id
where
    canonical.entity_id is null
    or canonical.type <> entity.type
    or canonical.canonical_id <> canonical.entity_id;
