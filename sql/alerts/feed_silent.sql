-- How unlikely is it, by a feed's own history, that it has shown nothing new for so long?
-- Grain: one feed that has shown nothing new since its last story. Reads: listing_entries,
-- captures; $feeds, the canonical addresses; $now.
-- The chance that an hour of the week brings nothing is taken from that hour and the two next to
-- it, in the eight weeks before, as far as the feed was polled then; of polls further apart than
-- an hour, the chance that the time between two brings nothing, spread over its hours. The value
-- is the sum of minus the decimal logarithms of those chances, from the last new story to the last
-- poll, of parts of hours in proportion, so that every poll adds to it: six is once in a million.
-- A feed with fewer than twenty hours of news, or less than a week of history, has no usual yet.

with
news as (
    select
        listing_url as feed_url,
        epoch(seen_at)::bigint // 3600 as hour,
        max(epoch(seen_at)) as seen_at
    from listing_entries
    where
        seen_at > $now::timestamptz - interval 56 days
        and list_contains($feeds::varchar[], listing_url)
    group by all
),

last_news as (
    select
        feed_url,
        max(hour) as hour,
        max(seen_at) as seen_at
    from news
    group by feed_url
    having count(*) >= 20 and max(hour) - min(hour) >= 168
),

polls as (
    select
        url as feed_url,
        epoch(fetched_at)::bigint // 3600 as hour,
        max(epoch(fetched_at)) as polled_at
    from captures
    where
        fetched_at between $now::timestamptz - interval 56 days and $now::timestamptz
        and article_id is null
        and status in (200, 304)
        and list_contains($feeds::varchar[], url)
    group by all
),

spans as (
    select
        poll.feed_url,
        poll.hour,
        coalesce(poll.hour - lag(poll.hour) over earlier, 1) as hours,
        news.hour is not null as has_news
    from polls as poll
    left join news on poll.feed_url = news.feed_url and poll.hour = news.hour
    window earlier as (partition by poll.feed_url order by poll.hour)
),

-- a poll says of every hour since the poll before it whether anything came
hours as (
    select
        feed_url,
        hours,
        has_news,
        unnest(range(hour - hours + 1, hour + 1)) as hour
    from spans
),

slots as (
    select
        hour.feed_url,
        hour.hour % 168 as slot,
        count(*) as hour_count,
        sum(1 / hour.hours) as span_count,
        coalesce(sum(1 / hour.hours) filter (where hour.has_news), 0) as news_count
    from hours as hour
    inner join last_news on hour.feed_url = last_news.feed_url and hour.hour <= last_news.hour
    group by all
),

shifts as (
    select unnest([167, 0, 1]) as hours
),

chances as (
    select
        near.feed_url,
        (near.slot + shift.hours) % 168 as slot,
        -log10(1 - sum(near.news_count) / (1 + sum(near.span_count)))
        * sum(near.span_count) / sum(near.hour_count) as hourly_value
    from slots as near
    cross join shifts as shift
    group by all
),

silences as (
    select
        last_news.feed_url,
        last_news.seen_at,
        max(poll.polled_at) as polled_at,
        unnest(range(last_news.hour, max(poll.hour) + 1)) as hour
    from last_news
    inner join polls as poll on last_news.feed_url = poll.feed_url
    group by last_news.feed_url, last_news.seen_at, last_news.hour
)

select
    silence.feed_url as subject,
    sum(
        chance.hourly_value
        * greatest(
            0,
            least(silence.hour + 1, silence.polled_at / 3600)
            - greatest(silence.hour, silence.seen_at / 3600)
        )
    ) as value,
    strftime(to_timestamp(silence.seen_at), 'nothing new since %Y-%m-%d %H:%M UTC') as detail
from silences as silence
inner join chances as chance
    on silence.feed_url = chance.feed_url and silence.hour % 168 = chance.slot
where silence.polled_at > silence.seen_at
group by silence.feed_url, silence.seen_at;
