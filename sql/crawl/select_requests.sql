-- Which stories to request now, newest first.
-- Grain: one story. Reads: listing_entries, articles, captures, rejects, tombstones, $pending (the
-- stories of batches not loaded yet), and the Parquet file $listed (this run's listing entries),
-- whose statement is skipped where there is none.
-- Requested are
--   stories that were listed and are not in the warehouse, unless they were rejected: after n
--   rejects they rest for 2^n hours, 256 at most, but a $transient error costs no rest;
--   recent stories, once in a while and with their validators, since the site revises its texts.
-- Not requested are stories whose response waits in a batch that is not loaded yet, and those that
-- were deleted.

create or replace temp table listed (
    article_id bigint,
    url varchar,
    seen_at timestamptz
);

create or replace temp table pending (
    article_id bigint
);

insert into listed by name
select
    article_id,
    url,
    seen_at
from read_parquet($listed);

insert into pending by name
select unnest($pending::bigint[]) as article_id;

with
-- when each story was rejected last, and how long it rests for that
last_rejects as (
    select
        article_id,
        max(rejected_at) as last_rejected_at,
        arg_max(reason, rejected_at) as reason,
        count(*) filter (where not list_contains($transient, reason)) as reject_count
    from rejects
    where article_id is not null
    group by article_id
),

resting as (
    select article_id
    from last_rejects
    where
        not list_contains($transient, reason)
        and last_rejected_at > $now - to_hours(least(pow(2, reject_count), 256)::integer)
),

-- every story that a listing ever showed and that no page was read of, by its fullest address:
-- one with a slug before one without, then the one seen last
all_listed as (
    select
        article_id,
        url,
        seen_at
    from listing_entries
    union all
    select
        article_id,
        url,
        seen_at
    from listed
),

unread as (
    select
        seen.article_id,
        arg_max(seen.url, (not ends_with(seen.url, '/'), seen.seen_at, seen.url)) as url,
        null as etag,
        null as last_modified
    from all_listed as seen
    anti join articles as known on seen.article_id = known.article_id
    group by seen.article_id
),

-- recent stories that were not requested lately, with the validators of their text
recent as (
    select
        article_id,
        url,
        capture_id,
        last_seen_at
    from articles
    where
        first_seen_at >= $now - to_seconds($recheck_window_seconds)
        and last_checked_at <= $now - to_seconds($recheck_interval_seconds)
),

rechecks as (
    select
        recent.article_id,
        recent.url,
        capture.etag,
        capture.last_modified
    from recent
    left join captures as capture
        on
            recent.article_id = capture.article_id
            and recent.capture_id = capture.capture_id
),

requested as (
    select *
    from unread
    union all
    select *
    from rechecks
),

final as (
    select
        story.article_id,
        story.url,
        story.etag,
        story.last_modified,
        row_number() over (order by story.article_id desc) as position
    from requested as story
    anti join pending on story.article_id = pending.article_id
    anti join resting on story.article_id = resting.article_id
    anti join tombstones on story.article_id = tombstones.article_id
)

select
    article_id,
    url,
    etag,
    last_modified
from final
where $max_stories = 0 or position <= $max_stories
order by position;
