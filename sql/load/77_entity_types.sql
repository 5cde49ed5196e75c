-- Counts the uses of each name, and gives entities the type that most uses of their name have.
-- `outvoted_entities`: those that their own articles take for something else, each with an entity
-- of that name and type. Grain: one printed name; one entity.
-- Reads: changed_uses, renamed_rows, name_uses, entities, entity_decisions, person_profiles, and
-- touched_blocks, which it extends.
-- Every name with several types is judged again, whatever the batch brought, so that the order of
-- loading makes no difference. A type keeps its own entity beside the usual one where a person has
-- a role there, where a reader has decided on it, and where a place or body of that name is in the
-- gazetteers and the type has a fifth of the uses, as with Jordan. A person's name of one word does
-- not tell who is meant: what turns out as one counts as itself.

create or replace temp table counted_names as
with
uses as (
    select name_uses.*
    from name_uses
    where name in (select lower(changed.surface) from changed_uses as changed)
    union all by name
    select
        lower(surface) as name,
        if(starts_with(entity_id, 'person:'), change, 0) as person_count,
        if(starts_with(entity_id, 'organization:'), change, 0) as organization_count,
        if(starts_with(entity_id, 'place:'), change, 0) as place_count,
        if(role is null, 0, change) as titled_count
    from changed_uses
)

select
    name,
    sum(person_count) as person_count,
    sum(organization_count) as organization_count,
    sum(place_count) as place_count,
    sum(titled_count) as titled_count
from uses
group by name;

delete from name_uses
where name in (select counted.name from counted_names as counted);

insert into name_uses by name
select *
from counted_names
where person_count + organization_count + place_count > 0;

create or replace temp table contested_names as
select
    name,
    titled_count,
    ['person', 'organization', 'place'] as types,
    [person_count, organization_count, place_count] as counts,
    types[list_position(counts, list_max(counts))] as type
from name_uses
where
    greatest(person_count, organization_count, place_count)
    < person_count + organization_count + place_count;

-- by their places: of the others only the names are read
create or replace temp table judged_places as
with
judged_names as (
    select name from contested_names
    union
    select name from counted_names
)

select entity.rowid as row_id
from entities as entity
semi join judged_names as judged on lower(entity.name) = judged.name
union
select renamed.row_id
from renamed_rows as renamed;

create or replace temp table outvoted_entities as
with
contested_entities as (
    select
        entity.*,
        entity.rowid as entity_row
    from entities as entity
    where entity.rowid in (select place.row_id from judged_places as place)
),

named as (
    select
        entity.entity_id,
        entity.entity_row,
        entity.first_article_id,
        entity.type as former_type,
        contested.name,
        split_part(entity.entity_id, ':', 1) as own_type,
        contested.type,
        contested.counts[list_position(contested.types, own_type)] * 5
        < list_sum(contested.counts) as is_rare,
        own_type = 'person' and contested.titled_count > 0 as is_titled,
        bool_or(own_type <> 'person' and entity.country_code is not null)
            over (partition by contested.name) as is_known
    from contested_entities as entity
    inner join contested_names as contested on lower(entity.name) = contested.name
),

judged as (
    select
        *,
        own_type <> type
        and (is_rare or not is_known)
        and not is_titled
        and entity_id not in (select decided.entity_id from entity_decisions as decided)
        and entity_id not in (select decided.other_id from entity_decisions as decided)
            as is_outvoted
    from named
),

counterparts as (
    select
        name,
        arg_min(entity_id, (is_outvoted, first_article_id, entity_id)) as counterpart_id,
        arg_min(entity_row, (is_outvoted, first_article_id, entity_id)) as counterpart_row
    from judged
    where own_type = type or is_outvoted
    group by name
)

select
    judged.entity_id,
    judged.entity_row,
    counterpart.counterpart_row,
    judged.former_type,
    judged.type,
    if(
        judged.type = 'person' and not contains(judged.name, ' '),
        judged.entity_id,
        counterpart.counterpart_id
    ) as counterpart_id
from judged
inner join counterparts as counterpart on judged.name = counterpart.name
where judged.is_outvoted;

create or replace temp table retyped_entities as
select
    outvoted.entity_id,
    outvoted.type
from outvoted_entities as outvoted
where outvoted.type <> outvoted.former_type
union all
select
    entity.entity_id,
    split_part(entity.entity_id, ':', 1) as type
from entities as entity
anti join outvoted_entities as outvoted on entity.entity_id = outvoted.entity_id
where
    entity.rowid in (select place.row_id from judged_places as place)
    and not starts_with(entity.entity_id, entity.type);

update entities
set
    type = retyped.type,
    canonical_id = retyped.entity_id
from retyped_entities as retyped
where entities.entity_id = retyped.entity_id;

delete from entity_candidates
where entity_id in (select retyped.entity_id from retyped_entities as retyped);

delete from entity_candidates
where other_id in (select retyped.entity_id from retyped_entities as retyped);

insert into touched_blocks by name
select person.block_key
from person_profiles as person
semi join retyped_entities as retyped on person.entity_id = retyped.entity_id;
