-- What has a reader ruled on the examined entities?
-- Grain: one decision, oldest first. Reads: entity_decisions, examined_entities.

select
    ruled.entity_id,
    ruled.other_id,
    ruled.decision
from entity_decisions as ruled
semi join examined_entities as examined on ruled.entity_id = examined.entity_id
order by ruled.decided_at, ruled.entity_id, ruled.other_id;
