-- Records what the batch brought, and gives it back.
-- Grain: one batch. Reads: the staged tables, readings, new_mentions, loads.
-- A batch that was merged before, by a run that died before it could remove it, keeps its record.

create or replace temp table batch_counts as
with
answers as (
    select
        count(*) filter (where status <> 304) as fetched,
        count(*) filter (where status = 304) as not_modified
    from staged_captures
    where article_id is not null
),

stories as (
    select
        count(*) filter (where action = 'insert') as inserted,
        count(*) filter (where action = 'update') as updated
    from readings
),

rejects_staged as (
    select
        count(*) as rejected,
        count(*) filter (where stage = 'load') as undated
    from staged_rejects
),

listed as (
    select count(distinct article_id) as discovered
    from staged_listing_entries
),

pages as (
    select
        count(*) as extracted,
        count(*) filter (
            where regexp_extract(extractor_version, 'layout=([^ ]*)', 1) = 'unknown'
        ) as unknown_layout
    from staged_articles
),

named as (
    select count(*) as mentions
    from new_mentions
)

select
    listed.discovered,
    answers.fetched,
    answers.not_modified,
    pages.extracted,
    stories.inserted,
    stories.updated,
    rejects_staged.rejected,
    named.mentions,
    pages.unknown_layout,
    pages.extracted - stories.inserted - stories.updated - rejects_staged.undated as unchanged
from answers
cross join stories
cross join rejects_staged
cross join listed
cross join pages
cross join named;

insert into loads by name
select
    batch_counts.*,
    $batch_id as batch_id,
    $run_id as run_id,
    current_timestamp as loaded_at
from batch_counts
on conflict do nothing;

select
    discovered,
    fetched,
    not_modified,
    extracted,
    inserted,
    updated,
    unchanged,
    rejected,
    mentions
from batch_counts;
