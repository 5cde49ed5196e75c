-- How many polls of a feed in a row had to be repaired to be read?
-- Grain: one feed whose last poll was. Reads: feed_polls; $feeds, the canonical addresses; $now.

with
polls as (
    select
        poll.feed_url,
        poll.polled_at,
        poll.repair is not null as is_repaired
    from feed_polls as poll
    where
        poll.polled_at > $now::timestamptz - interval 3 days
        and list_contains($feeds::varchar[], poll.feed_url)
),

last_sound as (
    select
        feed_url,
        coalesce(max(polled_at) filter (where not is_repaired), '-infinity'::timestamptz)
            as polled_at
    from polls
    group by feed_url
)

select
    poll.feed_url as subject,
    count(*)::double as value,
    format('{} polls in a row had to be repaired', count(*)) as detail
from polls as poll
inner join last_sound as sound on poll.feed_url = sound.feed_url
where poll.polled_at > sound.polled_at
group by poll.feed_url;
