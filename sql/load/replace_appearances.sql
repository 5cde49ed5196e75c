-- Replaces the entity_contexts of every story whose row the batch wrote, and adds the names of
-- persons
-- that the warehouse lacks.
-- Grain: one person and article; one person. Reads: staged_entity_contexts, readings,
-- person_profiles.

create or replace temp table new_appearances as
select distinct on (staged.article_id, staged.entity_id) staged.*
from staged_entity_contexts as staged
inner join readings as reading
    on
        staged.article_id = reading.article_id
        and staged.capture_id = reading.capture_id
where reading.action in ('insert', 'update', 'retag')
order by staged.article_id, staged.entity_id;

delete from entity_contexts
where
    article_id in (
        select reading.article_id from readings as reading
        where reading.action in ('update', 'retag')
    );

insert into entity_contexts by name
select
    article_id,
    entity_id,
    companions
from new_appearances;

insert into person_profiles by name
select distinct on (named.entity_id)
    named.entity_id,
    named.block_key,
    named.parts,
    []::varchar[] as companions
from new_appearances as named
anti join person_profiles as known on named.entity_id = known.entity_id
order by named.entity_id;
