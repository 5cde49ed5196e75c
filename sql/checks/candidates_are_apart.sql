-- Two entities that may be one are there, are of one type, and count as themselves.
-- Severity: fail. Grain: one pair. Reads: entity_candidates, entities.

with
named as (
    select entity_id
    from entity_candidates
    union
    select other_id as entity_id
    from entity_candidates
),

-- few of all entities: joining all of them to the pairs costs several times as much
apart as (
    select
        entity.entity_id,
        entity.type
    from entities as entity
    semi join named on entity.entity_id = named.entity_id
    where entity.canonical_id = entity.entity_id
)

select
    candidate.entity_id,
    candidate.other_id
from entity_candidates as candidate
left join apart as entity on candidate.entity_id = entity.entity_id
left join apart as other_entity on candidate.other_id = other_entity.entity_id
where
    entity.entity_id is null
    or other_entity.entity_id is null
    or entity.type <> other_entity.type
    or candidate.entity_id >= candidate.other_id;
