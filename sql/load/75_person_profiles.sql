-- Updates the frequent companions of touched persons, and drops entities that no text names.
-- `touched_blocks`: the blocks in which it may change what counts as one.
-- Grain: one person; one entity; one block of names that sound alike, or one entity without a
-- block. Reads: touched_entities, entity_contexts, person_profiles, mentions.
-- A batch names the well-known again and again in the company that they always keep; their blocks
-- need no comparison. A companion counts that is in a tenth of a person's articles.

create or replace temp table touched_companions as
with
contexts as materialized (
    select
        context.entity_id,
        context.companions
    from entity_contexts as context
    semi join touched_entities as touched on context.entity_id = touched.entity_id
),

article_counts as (
    select
        entity_id,
        count(*) as article_count
    from contexts
    group by entity_id
),

each_companion as (
    select
        entity_id,
        unnest(companions) as companion
    from contexts
),

companion_counts as (
    select
        entity_id,
        companion,
        count(*) as article_count
    from each_companion
    group by entity_id, companion
),

frequent as (
    select
        counted.entity_id,
        list(counted.companion order by counted.companion) as companions
    from companion_counts as counted
    inner join article_counts as total on counted.entity_id = total.entity_id
    where counted.article_count * 10 >= total.article_count
    group by counted.entity_id
)

select
    touched.entity_id,
    coalesce(frequent.companions, []) as companions
from touched_entities as touched
left join frequent on touched.entity_id = frequent.entity_id;

create or replace temp table changed_companions as
select
    person.entity_id,
    touched.companions
from person_profiles as person
inner join touched_companions as touched on person.entity_id = touched.entity_id
where person.companions <> touched.companions;

update person_profiles
set companions = changed.companions
from changed_companions as changed
where person_profiles.entity_id = changed.entity_id;

create or replace temp table touched_blocks as
with
changed as (
    select companions.entity_id
    from changed_companions as companions
    union
    select touched.entity_id
    from touched_entities as touched
    where touched.is_changed
)

select changed.entity_id as block_key
from changed
union
select person.block_key
from person_profiles as person
semi join changed on person.entity_id = changed.entity_id;

create or replace temp table unnamed_entities as
select touched.entity_id
from touched_entities as touched
anti join mentions as mention on touched.entity_id = mention.entity_id;

delete from entities
where entity_id in (select unnamed.entity_id from unnamed_entities as unnamed);

delete from person_profiles
where entity_id in (select unnamed.entity_id from unnamed_entities as unnamed);

delete from entity_candidates
where
    entity_id in (select unnamed.entity_id from unnamed_entities as unnamed)
    or other_id in (select unnamed.entity_id from unnamed_entities as unnamed);
