-- Records a decision on two entities, in the place of any earlier decision on them.
-- Grain: one pair. Reads: entity_decisions, $entity_id, $other_id, $decision, $decided_at.

delete from entity_decisions
where
    (entity_id = $entity_id and other_id = $other_id)
    or (entity_id = $other_id and other_id = $entity_id);

insert into entity_decisions by name
select
    $entity_id as entity_id,
    $other_id as other_id,
    $decision as decision,
    $decided_at as decided_at;
