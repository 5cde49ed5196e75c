-- Which stories to request now, and in which order.
-- Grain: one story. Reads: listing_entries, articles, captures, rejects, tombstones,
-- calibration_segments, $pending (the stories of batches not loaded yet), and the Parquet file
-- $listed (this run's listing entries), whose statement is skipped where there is none.
-- Requested are
--   stories that were listed and are not in the warehouse, or only by an imported record, unless
--   they were rejected: after n rejects they rest for 2^n hours, 256 at most; a $transient error
--   costs no rest, and with $ignores_rest nothing does;
--   recent stories, once in a while and with their validators, since the site revises its texts:
--   the older a story the more rarely, and the more often the more its provider revised in four
--   weeks; between once and a quarter as often as the settings allow, and before the story is no
--   longer recent.
-- Not requested are stories whose response waits in a batch that is not loaded yet, and those that
-- were deleted.
-- The newest come first, but no listing can hold up the others, however many ids it shows: each in
-- turn has one story requested, and the stories to check again are a listing of their own. Stories
-- that were never rejected come before any that were. Ids that the calendar of ids has no day for
-- yet, or none since the site opened, come last, $max_implausible of them.

create or replace temp table listed (
    article_id bigint,
    url varchar,
    listing_url varchar,
    seen_at timestamptz
);

create or replace temp table pending (
    article_id bigint
);

insert into listed by name
select columns('^(article_id|url|listing_url|seen_at)$')
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
        not $ignores_rest
        and not list_contains($transient, reason)
        and last_rejected_at > $now - to_hours(least(pow(2, reject_count), 256)::integer)
),

-- every story that a listing ever showed and that no page was read of, by its fullest address:
-- one with a slug before one without, then the one seen last
all_listed as (
    select
        article_id,
        url,
        listing_url,
        seen_at
    from listing_entries
    union all
    select
        article_id,
        url,
        listing_url,
        seen_at
    from listed
),

unread as (
    select
        seen.article_id,
        arg_max(seen.url, (not ends_with(seen.url, '/'), seen.seen_at, seen.url)) as url,
        null as etag,
        null as last_modified,
        list(distinct coalesce(seen.listing_url, '')) as listing_urls
    from all_listed as seen
    anti join articles as known
        on
            seen.article_id = known.article_id
            and known.is_imported is not true
    group by seen.article_id
),

-- how many times more rarely than others a provider revises: no more until it has many stories
revisions as (
    select
        provider,
        count(*) as story_count,
        count(*) filter (where version > 1) as revised_count,
        sum(count(*) filter (where version > 1)) over () / sum(count(*)) over () as usual_share
    from articles
    where first_seen_at >= $now - interval 28 days
    group by provider
),

rarities as (
    select
        provider,
        usual_share * (story_count + 50) / nullif(revised_count + 50 * usual_share, 0) as rarity
    from revisions
),

-- recent stories that were not requested lately, with the validators of their text
young as (
    select
        article.article_id,
        article.url,
        article.capture_id,
        article.last_seen_at,
        article.last_checked_at,
        article.first_seen_at,
        epoch(article.last_checked_at - article.first_seen_at)
        * coalesce(rarities.rarity, 1) as delay_seconds
    from articles as article
    left join rarities on article.provider = rarities.provider
    where
        article.is_imported is not true
        -- noqa: disable=RF02
        and article.first_seen_at >= $now - to_seconds($recheck_window_seconds)
        -- noqa: enable=RF02
),

calls as (
    select
        *,
        last_checked_at + to_seconds(
            greatest(
                $recheck_interval_seconds, least(4 * $recheck_interval_seconds, delay_seconds)
            )
        ) as due_at,
        first_seen_at
        + to_seconds($recheck_window_seconds - $recheck_interval_seconds) as last_call_at
    from young
),

recent as (
    select *
    from calls
    where
        last_checked_at <= $now - to_seconds($recheck_interval_seconds)
        and (due_at <= $now or (last_checked_at < last_call_at and last_call_at <= $now))
),

rechecks as (
    select
        recent.article_id,
        recent.url,
        capture.etag,
        capture.last_modified,
        ['rechecks'] as listing_urls
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

-- the ends of the calendar, as in id_sequence: since 2000, and to a few days from now
ends as (
    select '2000-01-01 00:00:00+00'::timestamptz as ends_at
    union all
    select
        $now + interval 3 days
        + to_seconds(greatest(epoch($now) - epoch(max(ends_at)), 0) / 4) as ends_at
    from calibration_segments
),

ids_at_ends as (
    select
        line.first_id + (line.last_id - line.first_id) * (
            (epoch(calendar.ends_at) - epoch(line.starts_at))
            / (epoch(line.ends_at) - epoch(line.starts_at))
        ) as article_id
    from ends as calendar
    asof inner join calibration_segments as line on calendar.ends_at >= line.from_at
),

bounds as (
    select
        min(article_id) as first_id,
        max(article_id) as last_id
    from ids_at_ends
),

judged as (
    select
        story.*,
        coalesce(reject.reject_count, 0) > 0 as was_rejected,
        story.article_id < bounds.first_id or story.article_id > bounds.last_id as is_implausible
    from requested as story
    anti join pending on story.article_id = pending.article_id
    anti join resting on story.article_id = resting.article_id
    anti join tombstones on story.article_id = tombstones.article_id
    left join last_rejects as reject on story.article_id = reject.article_id
    cross join bounds
),

shown as (
    select
        article_id,
        is_implausible,
        was_rejected,
        unnest(listing_urls) as listing_url
    from judged
),

turns as (
    select
        article_id,
        row_number() over (
            partition by listing_url, is_implausible, was_rejected
            order by article_id desc
        ) as turn
    from shown
),

first_turns as (
    select
        article_id,
        min(turn) as turn
    from turns
    group by article_id
),

final as (
    select
        story.article_id,
        story.url,
        story.etag,
        story.last_modified,
        story.is_implausible,
        row_number() over (
            partition by story.is_implausible
            order by story.was_rejected asc, first_turn.turn asc, story.article_id desc
        ) as place
    from judged as story
    inner join first_turns as first_turn on story.article_id = first_turn.article_id
)

select
    article_id,
    url,
    etag,
    last_modified
from final
where not is_implausible or place <= $max_implausible
order by is_implausible, place
limit case when $max_stories > 0 then $max_stories end;
