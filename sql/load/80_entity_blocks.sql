-- `examined_entities`: the entities of touched blocks and all that may be one with them, with what
-- each is compared by. `examined_decisions`: the decisions on them.
-- Grain: one entity; one decision. Reads: touched_blocks, person_profiles, outvoted_entities,
-- entity_decisions, entities.
-- These are whole blocks of names that sound alike, and whatever decisions tie to those; an entity
-- without a block is one of its own. Most names are alone in their block and are left out.

create or replace temp table ties as
with
decided_pairs as (
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

decided_persons as (
    select
        person.entity_id,
        person.block_key
    from person_profiles as person
    semi join decided_pairs as decided on person.entity_id = decided.entity_id
)

select
    decided.entity_id,
    coalesce(person.block_key, decided.entity_id) as block_key,
    coalesce(other_person.block_key, decided.other_id) as tied_key
from decided_pairs as decided
left join decided_persons as person on decided.entity_id = person.entity_id
left join decided_persons as other_person on decided.other_id = other_person.entity_id;

create or replace temp table reached_blocks as
with recursive
reached as (
    select touched.block_key
    from touched_blocks as touched
    union
    select ties.tied_key as block_key
    from reached
    inner join ties on reached.block_key = ties.block_key
)

select * from reached;

create or replace temp table reached_entities as
select
    person.entity_id,
    person.block_key,
    person.rowid as person_row
from person_profiles as person
semi join reached_blocks as reached on person.block_key = reached.block_key
anti join outvoted_entities as outvoted on person.entity_id = outvoted.entity_id
union
select
    ties.entity_id,
    null as block_key,
    null as person_row
from ties
semi join reached_blocks as reached on ties.block_key = reached.block_key
where ties.block_key = ties.entity_id;

create or replace temp table reached_rows as
select
    entity.entity_id,
    entity.rowid as entity_row
from entities as entity
semi join reached_entities as reached on entity.entity_id = reached.entity_id;

create or replace temp table compared_entities as
with
facts as (
    select
        entity.rowid as entity_row,
        entity.canonical_id,
        entity.first_article_id,
        entity.first_seen_at
    from entities as entity
    where entity.rowid in (select place.entity_row from reached_rows as place)
)

select
    reached.entity_id,
    reached.block_key,
    reached.person_row,
    facts.*
from reached_entities as reached
inner join reached_rows as place on reached.entity_id = place.entity_id
inner join facts on place.entity_row = facts.entity_row
qualify
    count(*) over (partition by reached.block_key) > 1
    or facts.canonical_id <> reached.entity_id
    or reached.entity_id in (select tie.entity_id from ties as tie);

create or replace temp table examined_entities as
with
-- parts and companions are wide: they are read of those that are left
profiles as (
    select
        entity_id,
        parts,
        companions
    from person_profiles
    where rowid in (select compared.person_row from compared_entities as compared)
)

select
    compared.entity_id,
    compared.block_key,
    coalesce(person.parts, []) as parts,
    coalesce(person.companions, []) as companions,
    compared.canonical_id,
    compared.first_article_id,
    compared.first_seen_at,
    compared.entity_row
from compared_entities as compared
left join profiles as person on compared.entity_id = person.entity_id;

create or replace temp table examined_decisions as
select decided.*
from entity_decisions as decided
semi join examined_entities as examined on decided.entity_id = examined.entity_id;
