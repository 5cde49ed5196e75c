-- Says of the affected feed gaps how far they are settled, and closes those that are.
-- Grain: one feed gap. Reads: affected_windows, story_states.
-- All of it follows from the states of the stories in the window, so it can be said anew at any
-- time. A story is found if its text was here before any listing showed it.

create or replace temp table settled_windows as
with
hull as (
    select
        min(affected.first_id) as first_id,
        max(affected.last_id) as last_id
    from affected_windows as affected
),

settled_stories as (
    select
        story.article_id,
        least(
            story.listed_at, case when story.state <> 'pending' then story.since_at end
        ) as settled_at,
        story.state = 'loaded'
        and coalesce(story.since_at < story.listed_at, true) as is_found
    from story_states as story
    inner join hull
        on
            story.article_id >= hull.first_id
            and story.article_id <= hull.last_id
    where story.state <> 'pending' or story.listed_at is not null
)

select
    affected.feed_url,
    affected.detected_at,
    count(story.article_id) as resolved_count,
    count(*) filter (where story.is_found) as recovered_count,
    max(story.settled_at) as settled_at
from affected_windows as affected
left join settled_stories as story
    on
        affected.first_id <= story.article_id
        and affected.last_id >= story.article_id
group by affected.feed_url, affected.detected_at;

update feed_gaps
set
    resolved_count = settled.resolved_count,
    recovered_count = settled.recovered_count,
    closed_at = case
        when settled.resolved_count = feed_gaps.last_id - feed_gaps.first_id + 1
            then greatest(settled.settled_at, feed_gaps.detected_at)
    end,
    outcome = case
        when settled.resolved_count < feed_gaps.last_id - feed_gaps.first_id + 1 then null
        when settled.recovered_count > 0 then 'recovered'
        else 'nothing-missed'
    end
from settled_windows as settled
where
    feed_gaps.feed_url = settled.feed_url
    and feed_gaps.detected_at = settled.detected_at;
