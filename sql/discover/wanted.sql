-- Which stories to ask the wire for now, newest first.
-- Grain: one story. Reads: listing_entries, articles, captures, rejects, tombstones, sighted,
-- pending.
-- Asked for are
--   stories that were sighted and are not in the warehouse, unless they were refused: after n
--   refusals they rest for 2^n hours, 256 at most, but a passing trouble ($passing) costs no rest;
--   recent stories, once in a while and with their validators, since the wire revises its texts.
-- Not asked for are stories whose answer waits in a batch that is not loaded yet, and those that
-- were taken down.

with
-- when each story was refused last, and how long it rests for that
refusals as (
    select
        article_id,
        max(rejected_at) as refused_at,
        arg_max(reason, rejected_at) as reason,
        count(*) filter (where not list_contains($passing, reason)) as refusal_count
    from rejects
    where article_id is not null
    group by article_id
),

resting as (
    select article_id
    from refusals
    where
        not list_contains($passing, reason)
        and refused_at > $now - to_hours(least(pow(2, refusal_count), 256)::integer)
),

-- every story that a listing ever showed and that no page was read of, by its fullest address:
-- one with a slug before one without, then the one seen last
all_sighted as (
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
    from sighted
),

unread as (
    select
        seen.article_id,
        arg_max(seen.url, (not ends_with(seen.url, '/'), seen.seen_at, seen.url)) as url,
        null as etag,
        null as last_modified
    from all_sighted as seen
    anti join articles as known on seen.article_id = known.article_id
    group by seen.article_id
),

-- recent stories that were not asked for lately, with what their text came with
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

asked_for as (
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
        row_number() over (order by story.article_id desc) as place
    from asked_for as story
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
where $max_stories = 0 or place <= $max_stories
order by place;
