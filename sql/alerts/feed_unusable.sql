-- In how many runs in a row has a feed been refused, broken or empty?
-- Grain: one feed, where its last poll gave nothing. Reads: listing_validators, feed_polls,
-- captures, rejects, runs; $feeds, the canonical addresses; $now.
-- A feed that has not changed is as good as one that shows stories, and one that never showed any
-- may be empty. Runs that failed as a whole say nothing of a feed.

with
feeds as (
    select unnest($feeds::varchar[]) as feed_url
),

polls as (
    select
        feed_url,
        max(polled_at) as polled_at
    from feed_polls
    where polled_at > $now::timestamptz - interval 3 days
    group by feed_url
),

last_good as (
    select
        feed.feed_url,
        greatest(validator.checked_at, poll.polled_at, '-infinity'::timestamptz) as polled_at
    from feeds as feed
    left join listing_validators as validator on feed.feed_url = validator.url
    left join polls as poll on feed.feed_url = poll.feed_url
),

tries as (
    select
        capture.url as feed_url,
        capture.run_id
    from captures as capture
    where
        capture.article_id is null
        and capture.fetched_at > $now::timestamptz - interval 3 days
        and capture.url in (select validator.url from listing_validators as validator)
    union
    select
        reject.url as feed_url,
        reject.run_id
    from rejects as reject
    where reject.stage = 'discover' and reject.rejected_at > $now::timestamptz - interval 3 days
)

select
    feed.feed_url as subject,
    count(*)::double as value,
    format('no story in {} runs, the last of them {}', count(*), max(run.run_id)) as detail
from last_good as feed
inner join tries as try on feed.feed_url = try.feed_url
inner join runs as run on try.run_id = run.run_id
where run.started_at > feed.polled_at and run.status <> 'failed'
group by feed.feed_url;
