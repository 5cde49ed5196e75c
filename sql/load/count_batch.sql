-- `brought`: what the batch brought.
-- Grain: one batch. Reads: the staged tables, readings, new_mentions.

create or replace temp table brought as
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

refused as (
    select
        count(*) as rejected,
        count(*) filter (where stage = 'load') as undated
    from staged_rejects
),

sighted as (
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
    sighted.discovered,
    answers.fetched,
    answers.not_modified,
    pages.extracted,
    stories.inserted,
    stories.updated,
    refused.rejected,
    named.mentions,
    pages.unknown_layout,
    pages.extracted - stories.inserted - stories.updated - refused.undated as unchanged
from answers
cross join stories
cross join refused
cross join sighted
cross join pages
cross join named;
