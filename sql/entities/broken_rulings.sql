-- Which rulings on the examined entities don't hold, since others contradict them?
-- Grain: one pair, newest first. Reads: entity_decisions, examined_entities, entities.

select
    ruled.decision,
    ruled.entity_id,
    entity.name,
    ruled.other_id,
    other_entity.name as other_name
from entity_decisions as ruled
semi join examined_entities as examined on ruled.entity_id = examined.entity_id
inner join entities as entity on ruled.entity_id = entity.entity_id
inner join entities as other_entity on ruled.other_id = other_entity.entity_id
where (entity.canonical_id = other_entity.canonical_id) <> (ruled.decision = 'merge')
order by ruled.decided_at desc, ruled.entity_id asc, ruled.other_id asc;
