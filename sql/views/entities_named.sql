-- The people, organisations and places of a name.
-- Grain: one entity. Reads: entity_names, mentions.
-- Full names count before what is printed: a short name, such as Aramco, is of the entity that
-- stories print it for most often.

-- noqa: disable=PRS, LT02, RF02

create or replace macro entities_named(entity_name) as table
with
full_names as (
    select distinct known.entity_id
    from entity_names as known
    where
        entity_name in (known.name_id, known.entity_id)
        or lower(strip_accents(known.name)) = lower(strip_accents(entity_name))
),

printed as (
    select mention.entity_id
    from main.mentions as mention
    where lower(strip_accents(mention.surface)) = lower(strip_accents(entity_name))
    group by mention.entity_id
    order by count(*) desc, mention.entity_id asc
    limit 1
)

select full_names.entity_id
from full_names
union all
select printed.entity_id
from printed
where not exists (select full_names.entity_id from full_names);

comment on macro table entities_named is
'The entities of a name or id, whatever its case and accents: one row each, with entity_id.';
