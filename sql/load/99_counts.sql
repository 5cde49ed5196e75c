-- Records what the batches brought, and gives it back.
-- Grain: one batch. Reads: the staged tables, readings, new_mentions, loads; $batch_ids.
-- What they brought together stands in the row of the first of them.
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
with
batches as (
    select
        unnest($batch_ids::varchar[]) as batch_id,
        generate_subscripts($batch_ids::varchar[], 1) as number
)

select
    batches.batch_id,
    $run_id as run_id, -- noqa: RF02
    current_timestamp as loaded_at,
    coalesce(counts.discovered, 0) as discovered,
    coalesce(counts.fetched, 0) as fetched,
    coalesce(counts.not_modified, 0) as not_modified,
    coalesce(counts.extracted, 0) as extracted,
    coalesce(counts.inserted, 0) as inserted,
    coalesce(counts.updated, 0) as updated,
    coalesce(counts.unchanged, 0) as unchanged,
    coalesce(counts.rejected, 0) as rejected,
    coalesce(counts.mentions, 0) as mentions,
    coalesce(counts.unknown_layout, 0) as unknown_layout
from batches
left join batch_counts as counts on batches.number = 1
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
