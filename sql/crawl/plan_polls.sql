-- `planned_polls`: when is each feed and listing to be polled next, and is that now?
-- Grain: one feed, or first page of a listing. Reads: captures, listing_entries, rejects; $urls,
-- and of each the most pages ($page_counts); $shortest_seconds and $longest_seconds, the bounds of
-- an interval; $now.
-- The interval after a poll is the time in which new stories could fill the listing, so that none
-- passes through unseen. At each moment to come the pace of new stories is taken to be the greatest
-- of
--   four times that of the busiest such hour (UTC), or hour next to it, in the last week;
--   four times that since the poll before, so that little overlap brings the next poll forward;
--   that of the busiest hour of four weeks, so that no hour is too quiet for a burst.
-- At an hour that was not polled in the last week a listing could be full in three of the shortest
-- intervals; a poll without a story of the poll before is followed by the shortest. Each failure
-- doubles the time to the next try, from the shortest interval up to the longest.
-- A listing is polled before it is late, as the next run comes a shortest interval from now; and
-- together with others once three quarters of its interval have passed, to save runs.

-- noqa: disable=RF02

create or replace temp table planned_polls as
with
listings as (
    select
        unnest($urls::varchar[]) as listing_url,
        unnest($page_counts::integer[]) as page_count,
        unnest(range(len($urls::varchar[]))) as place
),

-- what listings hold, by the last poll that showed any story
contents as (
    select
        entry.listing_url,
        count(*) as story_count
    from listing_entries as entry
    semi join listings on entry.listing_url = listings.listing_url
    where entry.last_seen_at > $now::timestamptz - interval 28 days
    group by entry.listing_url, entry.last_seen_at
    qualify row_number() over (
        partition by entry.listing_url
        order by entry.last_seen_at desc
    ) = 1
),

news as (
    select
        entry.listing_url,
        entry.run_id,
        count(*) as new_count
    from listing_entries as entry
    semi join listings on entry.listing_url = listings.listing_url
    where entry.seen_at > $now::timestamptz - interval 28 days
    group by entry.listing_url, entry.run_id
),

-- where a redirect counts, since it led to the listing
answered as (
    select
        capture.url as listing_url,
        capture.run_id,
        max(capture.fetched_at) as polled_at
    from captures as capture
    semi join listings on capture.url = listings.listing_url
    where
        capture.article_id is null
        and capture.status between 200 and 399
        and capture.fetched_at > $now::timestamptz - interval 28 days
    group by capture.url, capture.run_id
),

polls as (
    select
        answered.*,
        coalesce(news.new_count, 0) as new_count,
        lag(answered.polled_at) over earlier as previous_at,
        epoch(answered.polled_at - lag(answered.polled_at) over earlier) / 3600 as hours
    from answered
    left join news
        on answered.listing_url = news.listing_url and answered.run_id = news.run_id
    window earlier as (partition by answered.listing_url order by answered.polled_at)
),

last_polls as (
    select distinct on (listing_url) *
    from polls
    order by listing_url asc, polled_at desc
),

failures as (
    select
        reject.url as listing_url,
        max(reject.rejected_at) as failed_at,
        count(distinct reject.run_id) as failure_count
    from rejects as reject
    semi join listings on reject.url = listings.listing_url
    anti join polls on reject.url = polls.listing_url and reject.run_id = polls.run_id
    left join last_polls as last_poll on reject.url = last_poll.listing_url
    where
        reject.stage = 'discover'
        and reject.rejected_at > $now::timestamptz - interval 28 days
        and reject.rejected_at > coalesce(last_poll.polled_at, '-infinity'::timestamptz)
    group by reject.url
),

-- what a poll brought is spread evenly over the time since the poll before
touched_hours as (
    select
        *,
        unnest(
            range(epoch(previous_at)::bigint // 3600, epoch(polled_at)::bigint // 3600 + 1)
        ) as hour
    from polls
    where previous_at < polled_at
),

hourly_news as (
    select
        listing_url,
        hour,
        sum(
            new_count
            * (least(epoch(polled_at) / 3600, hour + 1) - greatest(epoch(previous_at) / 3600, hour))
            / hours
        ) as story_count
    from touched_hours
    group by listing_url, hour
),

busiest_hours as (
    select
        listing_url,
        max(story_count) as story_count
    from hourly_news
    group by listing_url
),

shifts as (
    select unnest([23, 24, 25]) as hours
),

slots as (
    select
        hourly.listing_url,
        (hourly.hour + shift.hours) % 24 as hour_of_day,
        max(hourly.story_count) as story_count
    from hourly_news as hourly
    cross join shifts as shift
    where hourly.hour >= epoch($now::timestamptz) // 3600 - 168
    group by all
),

-- the longest interval in 96 steps from the last poll on
steps as (
    select
        last_poll.*,
        listing.page_count * content.story_count as capacity,
        unnest(range(96)) as step,
        $longest_seconds::double / 96 as step_seconds
    from last_polls as last_poll
    inner join listings as listing on last_poll.listing_url = listing.listing_url
    inner join contents as content on last_poll.listing_url = content.listing_url
),

fillings as (
    select
        step.listing_url,
        step.capacity,
        step.step * step.step_seconds as seconds,
        sum(
            step.step_seconds / 3600 * greatest(
                4 * slot.story_count,
                4 * step.new_count / step.hours,
                busiest.story_count,
                if(slot.story_count is null, step.capacity * 1200 / $shortest_seconds::double, 0)
            )
        ) over (partition by step.listing_url order by step.step) as story_count
    from steps as step
    left join busiest_hours as busiest on step.listing_url = busiest.listing_url
    left join slots as slot
        on
            step.listing_url = slot.listing_url
            and (epoch(step.polled_at) + step.step * step.step_seconds)::bigint // 3600 % 24
            = slot.hour_of_day
),

intervals as (
    select
        listing_url,
        min(seconds) filter (where story_count > capacity) as seconds
    from fillings
    group by listing_url
),

scheduled as (
    select
        listing.listing_url,
        listing.place,
        last_poll.polled_at,
        greatest(last_poll.polled_at, failure.failed_at) as tried_at,
        greatest(
            last_poll.polled_at + to_seconds(
                case
                    when
                        last_poll.previous_at is not null
                        and last_poll.new_count >= listing.page_count * content.story_count
                        then $shortest_seconds::double
                    else greatest(
                        $shortest_seconds::double,
                        coalesce(estimate.seconds, $longest_seconds::double)
                    )
                end
            ),
            failure.failed_at + to_seconds(
                greatest(
                    $shortest_seconds::double,
                    least(
                        $longest_seconds::double,
                        $shortest_seconds::double * pow(2, failure.failure_count - 1)
                    )
                )
            )
        ) as due_at,
        content.story_count,
        last_poll.new_count
    from listings as listing
    left join last_polls as last_poll on listing.listing_url = last_poll.listing_url
    left join contents as content on listing.listing_url = content.listing_url
    left join failures as failure on listing.listing_url = failure.listing_url
    left join intervals as estimate on listing.listing_url = estimate.listing_url
),

judged as (
    select
        *,
        coalesce($now >= tried_at + to_seconds(0.8 * $shortest_seconds::double), true)
            as is_allowed,
        coalesce($now > due_at - to_seconds($shortest_seconds::double), true) as is_late
    from scheduled
)

select
    listing_url,
    polled_at,
    due_at,
    story_count,
    new_count,
    place,
    is_allowed
    and (
        is_late
        or (
            bool_or(is_allowed and is_late) over ()
            and $now >= tried_at + (due_at - tried_at) * 0.75
        )
    ) as is_due
from judged;
