-- How many revised texts were to be expected since the last one?
-- Grain: one row, or none with fewer than 20 revisions in four weeks. Reads: loads, runs,
-- article_versions; $now.
-- Expected is the share of revisions among the re-checked stories of four weeks, times those
-- re-checked since the last revision.

with
newest_loads as (
    select *
    from loads
    where
        loaded_at > $now::timestamptz - interval 28 days
        and run_id in (
            select run.run_id from runs as run
            where run.flow = 'ingest'
        )
),

rechecks as (
    select
        loaded_at,
        not_modified + updated + unchanged as story_count
    from newest_loads
),

revisions as (
    select
        max(seen_at) as seen_at,
        count(*) as revision_count
    from article_versions
    where version > 1 and seen_at > $now::timestamptz - interval 28 days and seen_at <= $now
    having count(*) >= 20
)

select
    'revisions' as subject,
    revision.revision_count
    * coalesce(sum(recheck.story_count) filter (where recheck.loaded_at > revision.seen_at), 0)
    / sum(recheck.story_count) as value,
    strftime(revision.seen_at, 'none since %Y-%m-%d %H:%M UTC, ')
    || format('{} in four weeks', revision.revision_count) as detail
from rechecks as recheck
cross join revisions as revision
group by revision.revision_count, revision.seen_at
having sum(recheck.story_count) > 0;
