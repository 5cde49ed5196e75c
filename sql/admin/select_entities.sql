-- Which of these entities are there, what do they count as, and do readers see all of it?
-- Grain: one entity. Reads: entities, loads, runs, $entity_ids.
-- Readers see the writer's state if everything that was loaded has been checked and published.

with
wanted as (
    select unnest($entity_ids::varchar[]) as entity_id
),

-- as in begin_checks.sql
last_publication as (
    select max(finished_at) as finished_at
    from runs
    where publish_seconds is not null and finished_at <= now()
),

unpublished_loads as (
    select load.batch_id
    from loads as load
    cross join last_publication
    where load.loaded_at > coalesce(last_publication.finished_at, '-infinity'::timestamptz)
)

select
    entity.entity_id,
    entity.type,
    entity.name,
    canonical.name as canonical_name,
    not exists (select unpublished.batch_id from unpublished_loads as unpublished) as is_published
from entities as entity
inner join entities as canonical on entity.canonical_id = canonical.entity_id
semi join wanted on entity.entity_id = wanted.entity_id;
