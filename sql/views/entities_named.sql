-- The people, organisations and places of a name.
-- Grain: one entity. Reads: entity_names, mentions.
-- Full names count before what is printed: a short name, such as Aramco, is of the entity that
-- stories print it for most often.

-- noqa: disable=PRS, LT02, RF02

create or replace macro entities_named(entity_name) as table
with
full_names as materialized (
    select distinct known.entity_id
    from entity_names as known
    where
        entity_name in (known.name_id, known.entity_id)
        or lower(strip_accents(known.name)) = lower(strip_accents(entity_name))
),

-- where it is no full name; else DuckDB reads no mentions
printed as (
    select mention.entity_id as name_id
    from ops.mentions as mention
    where
        not exists (select full_names.entity_id from full_names)
        and lower(strip_accents(mention.surface)) = lower(strip_accents(entity_name))
),

most_printed as (
    select known.entity_id
    from printed
    inner join entity_names as known on printed.name_id = known.name_id
    group by known.entity_id
    order by count(*) desc, known.entity_id asc
    limit 1
)

select full_names.entity_id
from full_names
union all
select most_printed.entity_id
from most_printed;

comment on macro table entities_named is
'The entities of a name or id, whatever its case and accents: one row each, with entity_id.';
