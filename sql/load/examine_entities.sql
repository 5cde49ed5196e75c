-- `examined_entities`: the entities of touched blocks and all that may be one with them, with what
-- each is compared by.
-- Grain: one entity.
-- Reads: touched_blocks, person_names, entity_decisions, entities.
-- These are whole blocks of names that sound alike, and whatever a reader's rulings tie to those;
-- an entity without a block is one of its own. Most names are alone in their block and are left
-- out.

create or replace temp table examined_entities as
with recursive
ruled_pairs as (
    select
        entity_id,
        other_id
    from entity_decisions
    union
    select
        other_id as entity_id,
        entity_id as other_id
    from entity_decisions
),

ties as (
    select
        ruled.entity_id,
        coalesce(person.block_key, ruled.entity_id) as block_key,
        coalesce(other_person.block_key, ruled.other_id) as tied_key
    from ruled_pairs as ruled
    left join person_names as person on ruled.entity_id = person.entity_id
    left join person_names as other_person on ruled.other_id = other_person.entity_id
),

reached_blocks as (
    select touched.block_key
    from touched_blocks as touched
    union
    select ties.tied_key as block_key
    from reached_blocks as reached
    inner join ties on reached.block_key = ties.block_key
),

named as (
    select
        person.entity_id,
        person.block_key,
        person.parts,
        person.companions
    from person_names as person
    semi join reached_blocks as reached on person.block_key = reached.block_key
    union
    select
        ties.entity_id,
        null as block_key,
        [] as parts,
        [] as companions
    from ties
    semi join reached_blocks as reached on ties.entity_id = reached.block_key
),

final as (
    select
        named.entity_id,
        named.block_key,
        named.parts,
        named.companions,
        entity.first_article_id
    from named
    inner join entities as entity on named.entity_id = entity.entity_id
    qualify
        count(*) over (partition by named.block_key) > 1
        or entity.canonical_id <> entity.entity_id
        or entity.entity_id in (select tie.entity_id from ties as tie)
)

select * from final;
