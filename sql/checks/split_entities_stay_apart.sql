-- No two entities that were split by decision count as one or are candidates again.
-- Severity: fail. Grain: one pair. Reads: entity_decisions, entities, entity_candidates.

with
refused as (
    select
        least(entity_id, other_id) as entity_id,
        greatest(entity_id, other_id) as other_id
    from entity_decisions
    where decision = 'split'
)

select
    refused.entity_id,
    refused.other_id
from refused
inner join entities as entity on refused.entity_id = entity.entity_id
inner join entities as other_entity on refused.other_id = other_entity.entity_id
where entity.canonical_id = other_entity.canonical_id
union all
select
    refused.entity_id,
    refused.other_id
from refused
inner join entity_candidates as candidate
    on
        refused.entity_id = candidate.entity_id
        and refused.other_id = candidate.other_id;
