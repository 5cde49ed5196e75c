-- Deletes stories from every table, leaves their tombstones, and gives how many rows each table had
-- of them.
-- Grain: one table. Reads: every table of stories; $article_ids, $now, $reason, $detail; the tables
-- of begin_settling, which it fills with what is to be computed again.
-- One that was deleted before keeps its day and its reason. An entity that no mention names any
-- more goes with them, and the decisions on it; others are first named by a story that is left.
-- What a reject of another story or a run says of one of them is replaced by $detail.

create or replace temp table leaving as
select unnest($article_ids::bigint[]) as article_id;

insert into tombstones by name
select
    unnest($article_ids::bigint[]) as article_id,
    $now::timestamptz as forgotten_at,
    $reason as reason,
    null as erased_at
on conflict do update
    set erased_at = null;

insert into examined_stories by name
with
old_clusters as (
    select distinct article.cluster_id
    from articles as article
    semi join leaving on article.article_id = leaving.article_id
)

select article.article_id
from articles as article
semi join old_clusters on article.cluster_id = old_clusters.cluster_id
anti join leaving on article.article_id = leaving.article_id
union
select unnest([pair.first_id, pair.second_id]) as article_id
from event_pairs as pair
inner join leaving on leaving.article_id in (pair.first_id, pair.second_id)
except
select story.article_id
from leaving as story;

insert into changed_times by name
select article.published_at
from articles as article
semi join leaving on article.article_id = leaving.article_id;

insert into changed_uses by name
select
    mention.entity_id,
    mention.surface,
    mention.role,
    -1 as change
from mentions as mention
semi join leaving on mention.article_id = leaving.article_id;

insert into touched_entities by name
select distinct
    entity_id,
    true as is_changed
from changed_uses;

insert into changed_contexts by name
select
    context.entity_id,
    context.companions,
    -1 as change
from entity_contexts as context
semi join leaving on context.article_id = leaving.article_id;

create or replace temp table removed as
with
counts as (
    select
        'articles' as table_name,
        count(*) as row_count
    from articles
    where article_id in (select story.article_id from leaving as story)
    union all
    select
        'article_versions' as table_name,
        count(*) as row_count
    from article_versions
    where article_id in (select story.article_id from leaving as story)
    union all
    select
        'mentions' as table_name,
        count(*) as row_count
    from mentions
    where article_id in (select story.article_id from leaving as story)
    union all
    select
        'article_figures' as table_name,
        count(*) as row_count
    from article_figures
    where article_id in (select story.article_id from leaving as story)
    union all
    select
        'quotes' as table_name,
        count(*) as row_count
    from quotes
    where article_id in (select story.article_id from leaving as story)
    union all
    select
        'annotation_stamps' as table_name,
        count(*) as row_count
    from annotation_stamps
    where article_id in (select story.article_id from leaving as story)
    union all
    select
        'captures' as table_name,
        count(*) as row_count
    from captures
    where article_id in (select story.article_id from leaving as story)
    union all
    select
        'listing_entries' as table_name,
        count(*) as row_count
    from listing_entries
    where article_id in (select story.article_id from leaving as story)
    union all
    select
        'rejects' as table_name,
        count(*) as row_count
    from rejects
    where article_id in (select story.article_id from leaving as story)
)

select *
from counts;

delete from articles
where article_id in (select story.article_id from leaving as story);

delete from article_versions
where article_id in (select story.article_id from leaving as story);

delete from observations
where article_id in (select story.article_id from leaving as story);

delete from minhash_bands
where article_id in (select story.article_id from leaving as story);

delete from event_traits
where article_id in (select story.article_id from leaving as story);

delete from event_pairs
where
    first_id in (select story.article_id from leaving as story)
    or second_id in (select story.article_id from leaving as story);

delete from search_terms
where article_id in (select story.article_id from leaving as story);

delete from article_topics
where article_id in (select story.article_id from leaving as story);

delete from mentions
where article_id in (select story.article_id from leaving as story);

delete from entity_contexts
where article_id in (select story.article_id from leaving as story);

delete from article_figures
where article_id in (select story.article_id from leaving as story);

delete from quotes
where article_id in (select story.article_id from leaving as story);

delete from annotation_stamps
where article_id in (select story.article_id from leaving as story);

delete from captures
where article_id in (select story.article_id from leaving as story);

delete from listing_entries
where article_id in (select story.article_id from leaving as story);

delete from rejects
where article_id in (select story.article_id from leaving as story);

update rejects
set
    url = regexp_replace(
        rejects.url, story.article_id::varchar || '.*', story.article_id::varchar
    ),
    detail = $detail
from leaving as story
where contains(rejects.url || ' ' || rejects.detail, story.article_id::varchar);

update runs
set detail = $detail
from leaving as story
where contains(runs.detail, story.article_id::varchar);

create or replace temp table unnamed_entities as
select touched.entity_id
from touched_entities as touched
anti join mentions as mention on touched.entity_id = mention.entity_id;

insert into removed by name
select
    'entities' as table_name,
    count(*) as row_count
from unnamed_entities;

delete from entities
where entity_id in (select unnamed.entity_id from unnamed_entities as unnamed);

delete from entity_decisions
where
    entity_id in (select unnamed.entity_id from unnamed_entities as unnamed)
    or other_id in (select unnamed.entity_id from unnamed_entities as unnamed);

update entities
set first_article_id = named.first_article_id
from (
    select
        mention.entity_id,
        min(mention.article_id) as first_article_id
    from mentions as mention
    semi join touched_entities as touched on mention.entity_id = touched.entity_id
    group by mention.entity_id
) as named
where entities.entity_id = named.entity_id;

select
    table_name,
    row_count
from removed;
