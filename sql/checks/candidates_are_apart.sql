-- Two entities that may be one are there, are of one type, and count as themselves.
-- Severity: fail. Grain: one pair. Reads: entity_candidates, entities.

select
    candidate.entity_id,
    candidate.other_id
from entity_candidates as candidate
left join entities as entity on candidate.entity_id = entity.entity_id
left join entities as other_entity on candidate.other_id = other_entity.entity_id
where
    entity.entity_id is null
    or other_entity.entity_id is null
    or entity.type <> other_entity.type
    or entity.canonical_id <> candidate.entity_id
    or other_entity.canonical_id <> candidate.other_id
    or candidate.entity_id >= candidate.other_id;
