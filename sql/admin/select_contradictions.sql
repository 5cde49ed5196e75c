-- Which decisions on the examined entities don't hold, since others contradict them?
-- Grain: one pair, newest first. Reads: entity_decisions, examined_entities, entities.

select
    decided.decision,
    decided.entity_id,
    entity.name,
    decided.other_id,
    other_entity.name as other_name
from entity_decisions as decided
semi join examined_entities as examined on decided.entity_id = examined.entity_id
inner join entities as entity on decided.entity_id = entity.entity_id
inner join entities as other_entity on decided.other_id = other_entity.entity_id
where (entity.canonical_id = other_entity.canonical_id) <> (decided.decision = 'merge')
order by decided.decided_at desc, decided.entity_id asc, decided.other_id asc;
