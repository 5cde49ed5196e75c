-- Two entities that were merged by decision count as one.
-- Severity: warn. Grain: one pair. Reads: entity_decisions, entities.

select
    ruled.entity_id,
    ruled.other_id
from entity_decisions as ruled
inner join entities as entity on ruled.entity_id = entity.entity_id
inner join entities as other_entity on ruled.other_id = other_entity.entity_id
where ruled.decision = 'merge' and entity.canonical_id <> other_entity.canonical_id;
