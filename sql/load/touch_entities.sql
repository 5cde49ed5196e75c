-- `touched_blocks`: the blocks in which the batch may change what counts as one, and the frequent
-- companions of every person in it.
-- Grain: one block of names that sound alike, or one entity without a block.
-- Reads: new_mentions, lost_entities, earlier_entities, entity_contexts, person_profiles.
-- A batch names the well-known again and again in the company that they always keep; their blocks
-- need no settling. A companion counts that is in a tenth of a person's articles.

create or replace temp table touched_companions as
with
touched as (
    select new_mention.entity_id
    from new_mentions as new_mention
    union
    select lost.entity_id
    from lost_entities as lost
),

appeared as materialized (
    select
        appearance.entity_id,
        appearance.companions
    from entity_contexts as appearance
    semi join touched on appearance.entity_id = touched.entity_id
),

article_counts as (
    select
        entity_id,
        count(*) as article_count
    from appeared
    group by entity_id
),

each_companion as (
    select
        entity_id,
        unnest(companions) as companion
    from appeared
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
from touched
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
    select earlier.entity_id
    from earlier_entities as earlier
    union
    select lost.entity_id
    from lost_entities as lost
)

select changed.entity_id as block_key
from changed
union
select person.block_key
from person_profiles as person
semi join changed on person.entity_id = changed.entity_id;
