-- How unlikely is it, by a feed's own history, that it has shown nothing new for so long?
-- Grain: one feed that has shown nothing new in the last full hour in which it was polled.
-- Reads: listing_entries, captures; $feeds, the canonical addresses; $now.
-- The chance that an hour of the week brings nothing is taken from that hour and the two next to
-- it, in the eight weeks before, as far as the feed was polled then. A feed that is polled more
-- rarely than once an hour has its news in the hour of the poll. The value is the sum of minus
-- the decimal logarithms of those chances: six is once in a million. A feed with fewer than twenty
-- hours of news, or less than a week of history, has no usual yet.

with
news as (
    select distinct
        listing_url as feed_url,
        epoch(seen_at)::bigint // 3600 as hour
    from listing_entries
    where
        seen_at > $now::timestamptz - interval 56 days
        and list_contains($feeds::varchar[], listing_url)
),

last_news as (
    select
        feed_url,
        max(hour) as hour
    from news
    group by feed_url
    having count(*) >= 20 and max(hour) - min(hour) >= 168
),

polled_hours as (
    select distinct
        url as feed_url,
        epoch(fetched_at)::bigint // 3600 as hour
    from captures
    where
        fetched_at > $now::timestamptz - interval 56 days
        and fetched_at < date_trunc('hour', $now::timestamptz)
        and article_id is null
        and status in (200, 304)
        and list_contains($feeds::varchar[], url)
),

-- a poll says of every hour since the poll before it whether anything came
polls as (
    select
        feed_url,
        unnest(
            range(
                coalesce(
                    lag(hour) over (partition by feed_url order by hour) + 1, hour
                ),
                hour + 1
            )
        ) as hour
    from polled_hours
),

slots as (
    select
        poll.feed_url,
        poll.hour % 168 as slot,
        count(*) as poll_count,
        count(news.hour) as news_count
    from polls as poll
    inner join last_news on poll.feed_url = last_news.feed_url and poll.hour <= last_news.hour
    left join news on poll.feed_url = news.feed_url and poll.hour = news.hour
    group by all
),

shifts as (
    select unnest([167, 0, 1]) as hours
),

chances as (
    select
        near.feed_url,
        (near.slot + shift.hours) % 168 as slot,
        1 - sum(near.news_count) / (1 + sum(near.poll_count)) as quiet_chance
    from slots as near
    cross join shifts as shift
    group by all
)

select
    poll.feed_url as subject,
    -sum(log10(chance.quiet_chance)) as value,
    strftime(to_timestamp(last_news.hour * 3600), 'nothing new since %Y-%m-%d %H:00 UTC') as detail
from polls as poll
inner join last_news on poll.feed_url = last_news.feed_url
inner join chances as chance
    on poll.feed_url = chance.feed_url and poll.hour % 168 = chance.slot
where poll.hour > last_news.hour
group by all;
