-- `touched_blocks`: the blocks of all entities that a reader has ruled on, or of some of them.
-- Grain: one block of names that sound alike, or one entity without a block.
-- Reads: entity_decisions, person_profiles, $entity_ids; null for all of them.

create or replace temp table touched_blocks as
with
ruled as (
    select entity_id
    from entity_decisions
    union
    select other_id as entity_id
    from entity_decisions
),

touched as (
    select ruled.entity_id
    from ruled
    where $entity_ids is null or list_contains($entity_ids::varchar[], ruled.entity_id)
)

select touched.entity_id as block_key
from touched
union
select person.block_key
from person_profiles as person
semi join touched on person.entity_id = touched.entity_id;
