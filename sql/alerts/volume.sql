-- What share of its usual number of stories has the site, and each provider?
-- Grain: all stories; one provider. Reads: articles, runs.
-- Counted are the stories published in the last 6 and the last 24 hours before the start of the
-- last run that ended well, to the second, so that every run counts anew; the usual is the median
-- of the same hours of the four weeks before, as far as the warehouse was running then, two at
-- least. The value is the smaller of both shares and allows for chance: three standard deviations
-- of a count are added to what was counted. Fewer than 20 are no usual.

with
last_good as (
    select max(started_at) as until_at
    from runs
    where flow = 'ingest' and status in ('completed', 'degraded')
),

spans as (
    select unnest([6, 24]) as hours
),

numbers as (
    select unnest(range(5)) as week
),

weeks as (
    select
        span.hours,
        number.week,
        last_good.until_at - to_days(7 * number.week) as until_at
    from last_good
    cross join spans as span
    cross join numbers as number
    where
        last_good.until_at - to_days(7 * number.week) - to_hours(span.hours)
        >= (select min(run.started_at) from runs as run)
),

recent as (
    select
        unnest(['all stories', article.provider]) as subject,
        article.published_at
    from articles as article
    cross join last_good
    where
        article.published_at >= last_good.until_at - interval 29 days
        and article.published_at < last_good.until_at
        -- the others are in no window
        and epoch(last_good.until_at - article.published_at) % 604800 <= 86400
),

subjects as (
    select distinct subject
    from recent
),

counts as (
    select
        subject.subject,
        week.hours,
        week.week,
        count(story.published_at) as story_count
    from subjects as subject
    cross join weeks as week
    left join recent as story
        on
            subject.subject = story.subject
            and week.until_at > story.published_at
            and story.published_at >= week.until_at - to_hours(week.hours)
    group by all
),

compared as (
    select
        subject,
        hours,
        sum(story_count) filter (where week = 0) as story_count,
        median(story_count) filter (where week > 0) as usual_count
    from counts
    group by subject, hours
    having count(*) filter (where week > 0) >= 2
)

select
    subject,
    min((story_count + 3 * sqrt(usual_count)) / usual_count) as value,
    min_by(
        format('{} stories in {} hours, usually {:.0f}', story_count::bigint, hours, usual_count),
        (story_count + 3 * sqrt(usual_count)) / usual_count
    ) as detail
from compared
where usual_count >= 20
group by subject;
