-- Which pairs has a reader merged?
-- Grain: one pair. Reads: entity_decisions.

select
    entity_id,
    other_id
from entity_decisions
where decision = 'merge'
order by decided_at, entity_id, other_id;
