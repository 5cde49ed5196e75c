-- Removes the leaving stories from every table, and gives how many rows each had of them.
-- Grain: one table. Reads: leaving and every table of stories.
-- An entity that no mention names any more goes with them; what a refusal of another story says of
-- one of them gives way to $detail.

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

delete from minhash_bands
where article_id in (select story.article_id from leaving as story);

delete from mentions
where article_id in (select story.article_id from leaving as story);

delete from entity_contexts
where article_id in (select story.article_id from leaving as story);

delete from article_figures
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

insert into removed by name
select
    'entities' as table_name,
    count(*) as row_count
from entities
where entity_id not in (select mention.entity_id from mentions as mention);

delete from entities
where entity_id not in (select mention.entity_id from mentions as mention);

select
    table_name,
    row_count
from removed;
