-- Updates the frequent companions of persons that the batch names, adds the persons that are new,
-- and drops entities that no text names.
-- `touched_blocks`: the blocks in which it may change what counts as one.
-- Grain: one person; one entity; one block of names that sound alike, or one entity without a
-- block. Reads: changed_contexts, touched_entities, changed_uses, entities, entity_contexts,
-- person_profiles, mentions.
-- A batch names the well-known again and again in the company that they always keep; their blocks
-- need no comparison. A companion counts that is in a tenth of a person's articles. The articles of
-- each are counted; of more than 128 companions only the 64 most frequent are kept, with the most
-- that any other can have. Where that leaves open whether one counts, all are counted again.
-- Rows are deleted and inserted, since an update would write the companions of all persons of
-- their row groups anew.

-- by their places, which are the last for persons named often: the counts of others aren't read
create or replace temp table known_places as
select person.rowid as row_id
from person_profiles as person
semi join changed_contexts as changed on person.entity_id = changed.entity_id;

create or replace temp table known_profiles as
select person.*
from person_profiles as person
where person.rowid in (select place.row_id from known_places as place);

create or replace temp table context_counts as
with
changes as (
    select
        entity_id,
        sum(change)::bigint as change
    from changed_contexts
    group by entity_id
)

select
    changes.entity_id,
    coalesce(known.article_count, 0) + changes.change as article_count,
    coalesce(known.unlisted_count, 0) as unlisted_count
from changes
left join known_profiles as known on changes.entity_id = known.entity_id;

create or replace temp table companion_counts as
with
listed as (
    select
        entity_id,
        unnest(counted_companions) as companion,
        unnest(companion_counts) as article_count,
        unnest(companion_doubts) as doubt
    from known_profiles
    union all
    select
        entity_id,
        unnest(companions) as companion,
        change as article_count,
        null as doubt
    from changed_contexts
)

select
    listed.entity_id,
    listed.companion,
    sum(listed.article_count)::bigint as article_count,
    coalesce(max(listed.doubt), any_value(total.unlisted_count)) as doubt
from listed
inner join context_counts as total on listed.entity_id = total.entity_id
group by listed.entity_id, listed.companion;

create or replace temp table doubtful_persons as
select distinct counted.entity_id
from companion_counts as counted
inner join context_counts as total on counted.entity_id = total.entity_id
where
    counted.article_count * 10 < total.article_count
    and (counted.article_count + counted.doubt) * 10 >= total.article_count
    and counted.doubt > 0;

update context_counts
set unlisted_count = 0
where entity_id in (select doubtful.entity_id from doubtful_persons as doubtful);

delete from companion_counts
where entity_id in (select doubtful.entity_id from doubtful_persons as doubtful);

insert into companion_counts by name
with
each_companion as (
    select
        context.entity_id,
        unnest(context.companions) as companion
    from entity_contexts as context
    semi join doubtful_persons as doubtful on context.entity_id = doubtful.entity_id
)

select
    entity_id,
    companion,
    count(*) as article_count,
    0 as doubt
from each_companion
group by entity_id, companion;

create or replace temp table dropped_companions as
with
many as (
    select entity_id
    from companion_counts
    group by entity_id
    having count(*) > 128
)

select
    counted.entity_id,
    counted.companion,
    counted.article_count + counted.doubt as article_count
from companion_counts as counted
semi join many on counted.entity_id = many.entity_id
qualify
    row_number() over (
        partition by counted.entity_id
        order by counted.article_count + counted.doubt desc, counted.companion asc
    ) > 64;

create or replace temp table new_profiles as
with
kept as (
    select counted.*
    from companion_counts as counted
    anti join dropped_companions as dropped
        on
            counted.entity_id = dropped.entity_id
            and counted.companion = dropped.companion
    where counted.article_count + counted.doubt > 0
),

lists as (
    select
        kept.entity_id,
        list(kept.companion order by kept.companion)
        filter (where kept.article_count * 10 >= total.article_count) as companions,
        list(kept.companion) as listed,
        list(kept.article_count) as counts,
        list(kept.doubt) as doubts
    from kept
    inner join context_counts as total on kept.entity_id = total.entity_id
    group by kept.entity_id
),

unlisted as (
    select
        entity_id,
        max(article_count) as article_count
    from dropped_companions
    group by entity_id
),

persons as (
    select
        entity_id,
        any_value(block_key) as block_key,
        any_value(parts) as parts
    from changed_contexts
    group by entity_id
)

select
    person.entity_id,
    coalesce(known.block_key, person.block_key) as block_key,
    coalesce(known.parts, person.parts) as parts,
    coalesce(lists.companions, []) as companions,
    total.article_count,
    coalesce(lists.listed, []) as counted_companions,
    coalesce(lists.counts, []) as companion_counts,
    coalesce(lists.doubts, []) as companion_doubts,
    greatest(total.unlisted_count, unlisted.article_count) as unlisted_count
from persons as person
inner join context_counts as total on person.entity_id = total.entity_id
left join known_profiles as known on person.entity_id = known.entity_id
left join lists on person.entity_id = lists.entity_id
left join unlisted on person.entity_id = unlisted.entity_id
where coalesce(known.block_key, person.block_key) is not null;

create or replace temp table changed_companions as
select person.entity_id
from new_profiles as person
left join known_profiles as known on person.entity_id = known.entity_id
where person.companions is distinct from known.companions;

delete from person_profiles
where rowid in (select place.row_id from known_places as place);

insert into person_profiles by name
select *
from new_profiles;

create or replace temp table touched_blocks as
with
changed as (
    select companions.entity_id
    from changed_companions as companions
    union
    select touched.entity_id
    from touched_entities as touched
    where touched.is_changed
),

-- in a load only persons named by one word, who have no context
others as (
    select changed.entity_id
    from changed
    anti join changed_contexts as context on changed.entity_id = context.entity_id
    where starts_with(changed.entity_id, 'person:')
)

select changed.entity_id as block_key
from changed
union
select person.block_key
from new_profiles as person
semi join changed on person.entity_id = changed.entity_id
union
select person.block_key
from person_profiles as person
semi join others on person.entity_id = others.entity_id;

-- Most entities that a story names no more are named by the first story that did. Of the others no
-- mention is older than that one, so that only what follows it is read.
create or replace temp table doubtful_entities as
with
fewer as (
    select entity_id
    from changed_uses
    group by entity_id
    having max(change) < 0
),

known_entities as (
    select
        entity.entity_id,
        entity.first_article_id
    from entities as entity
    semi join fewer on entity.entity_id = fewer.entity_id
),

firsts as (
    select
        fewer.entity_id,
        coalesce(known.first_article_id, 0) as first_article_id
    from fewer
    left join known_entities as known on fewer.entity_id = known.entity_id
),

first_mentions as (
    select
        mention.entity_id,
        mention.article_id
    from mentions as mention
    semi join firsts on mention.article_id = firsts.first_article_id
)

select firsts.*
from firsts
anti join first_mentions as mention
    on
        firsts.entity_id = mention.entity_id
        and firsts.first_article_id = mention.article_id;

set variable first_id = (
    select min(doubtful.first_article_id)
    from doubtful_entities as doubtful
);

create or replace temp table unnamed_entities as
with
later_mentions as (
    select mention.entity_id
    from mentions as mention
    where mention.article_id >= getvariable('first_id')
)

select doubtful.entity_id
from doubtful_entities as doubtful
anti join later_mentions as mention on doubtful.entity_id = mention.entity_id;

delete from entities
where entity_id in (select unnamed.entity_id from unnamed_entities as unnamed);

delete from person_profiles
where entity_id in (select unnamed.entity_id from unnamed_entities as unnamed);

delete from entity_candidates
where entity_id in (select unnamed.entity_id from unnamed_entities as unnamed);

delete from entity_candidates
where other_id in (select unnamed.entity_id from unnamed_entities as unnamed);
