-- No two entities that were split by decision count as one or are candidates again.
-- Severity: fail. Grain: one pair. Reads: entity_decisions, entities, entity_candidates.

with
split_pairs as (
    select
        least(entity_id, other_id) as entity_id,
        greatest(entity_id, other_id) as other_id
    from entity_decisions
    where decision = 'split'
)

select
    split_pair.entity_id,
    split_pair.other_id
from split_pairs as split_pair
inner join entities as entity on split_pair.entity_id = entity.entity_id
inner join entities as other_entity on split_pair.other_id = other_entity.entity_id
where entity.canonical_id = other_entity.canonical_id
union all
select
    split_pair.entity_id,
    split_pair.other_id
from split_pairs as split_pair
inner join entity_candidates as candidate
    on
        split_pair.entity_id = candidate.entity_id
        and split_pair.other_id = candidate.other_id;
