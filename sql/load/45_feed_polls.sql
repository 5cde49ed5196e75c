-- Adds polls of feeds, and a gap where a feed shares no story with the poll before it.
-- `affected_gaps`: the gaps that the batch opens or has a trace of a story in.
-- Grain: one feed and poll; one feed gap. Reads: staged_feed_polls, id_anchors, feed_polls,
-- feed_gaps, staged_captures, staged_listing_entries, staged_rejects.
-- An id that a feed shows counts if it was assigned in the five years before the poll, or at most a
-- month after it, by the known dates alone: one absurd id would open a gap of centuries. The bounds
-- are wide because a day's own stories, which say more, need not be loaded yet.
-- The gaps of a feed from the batch's first poll on are computed again, so the order of loading
-- makes no difference. A poll is compared with the last one that showed anything: a first poll, an
-- empty feed and one that was not modified leave no gap, nor does another order of its stories.
-- Where everything the feed shows is older than before, or nothing lies between, nothing is missed.

insert into feed_polls by name
with
known_polls as (
    select known.capture_id
    from feed_polls as known
    semi join staged_feed_polls as staged on known.polled_at = staged.polled_at
),

newest as (
    select
        max(article_id) as article_id,
        max(published_at) as published_at
    from id_anchors
),

bounds as (
    select
        staged.*,
        coalesce(earlier.article_id, 0) as first_id,
        coalesce(
            later.article_id,
            newest.article_id
            + 10000 * (30 + epoch(staged.polled_at - newest.published_at) / 86400)
        ) as last_id
    from staged_feed_polls as staged
    cross join newest
    asof left join id_anchors as earlier
        on staged.polled_at - interval 5 years >= earlier.published_at
    asof left join id_anchors as later
        on staged.polled_at + interval 30 days <= later.published_at
),

possible as (
    select
        * exclude (first_id, last_id)
        replace (
            list_filter(article_ids, lambda one: one between first_id and last_id) as article_ids
        )
    from bounds
)

select staged.*
from possible as staged
anti join known_polls as known on staged.capture_id = known.capture_id
where len(staged.article_ids) > 0;

create or replace temp table polled_feeds as
select
    feed_url,
    min(polled_at) as polled_at
from staged_feed_polls
group by feed_url;

delete from feed_gaps
using polled_feeds as feed
where
    feed_gaps.feed_url = feed.feed_url
    and feed_gaps.detected_at >= feed.polled_at;

insert into feed_gaps by name
with
polls_before as (
    select
        poll.feed_url,
        max(poll.polled_at) as polled_at
    from feed_polls as poll
    inner join polled_feeds as feed
        on
            poll.feed_url = feed.feed_url
            and poll.polled_at < feed.polled_at
    group by poll.feed_url
),

polls as (
    select
        poll.feed_url,
        poll.polled_at,
        poll.run_id,
        poll.article_ids,
        lag(poll.polled_at) over feed_in_time as previous_polled_at,
        lag(poll.article_ids) over feed_in_time as ids_before
    from feed_polls as poll
    inner join polled_feeds as feed on poll.feed_url = feed.feed_url
    left join polls_before as earlier on poll.feed_url = earlier.feed_url
    where poll.polled_at >= coalesce(earlier.polled_at, feed.polled_at)
    window feed_in_time as (partition by poll.feed_url order by poll.polled_at)
),

breaks as (
    select
        feed_url,
        polled_at,
        previous_polled_at,
        run_id,
        list_max(ids_before) as newest_before,
        list_min(list_filter(article_ids, lambda one: one > list_max(ids_before))) as oldest_now
    from polls
    where
        ids_before is not null
        and not list_has_any(article_ids, ids_before)
)

select
    feed_url,
    newest_before + 1 as first_id,
    oldest_now - 1 as last_id,
    previous_polled_at,
    polled_at as detected_at,
    run_id,
    0 as resolved_count,
    0 as recovered_count
from breaks
where oldest_now > newest_before + 1;

create or replace temp table affected_gaps as
with
named_ids as (
    select article_id from staged_captures
    union
    select article_id from staged_listing_entries
    union
    select article_id from staged_rejects
)

select
    known.feed_url,
    known.detected_at,
    known.first_id,
    known.last_id
from feed_gaps as known
semi join named_ids as named
    on
        known.first_id <= named.article_id
        and known.last_id >= named.article_id
union
select
    known.feed_url,
    known.detected_at,
    known.first_id,
    known.last_id
from feed_gaps as known
semi join polled_feeds as feed
    on
        known.feed_url = feed.feed_url
        and known.detected_at >= feed.polled_at;
