-- Counts how far the affected feed gaps are resolved, and closes those that are.
-- Grain: one feed gap. Reads: affected_gaps, story_states.
-- All of it follows from the states of the stories in the gap, so it can be computed at any time. A
-- story is recovered if its text was here before any listing showed it. The ids are bounded by
-- variables: without an affected gap, as in nearly every batch, no story is looked up.

set variable first_id = (
    select min(affected.first_id)
    from affected_gaps as affected
);

set variable last_id = (
    select max(affected.last_id)
    from affected_gaps as affected
);

create or replace temp table resolved_gaps as
with
resolved_stories as (
    select
        story.article_id,
        least(
            story.listed_at, case when story.state <> 'pending' then story.since_at end
        ) as resolved_at,
        story.state = 'loaded'
        and coalesce(story.since_at < story.listed_at, true) as is_found
    from story_states as story
    where
        story.article_id between getvariable('first_id') and getvariable('last_id')
        and (story.state <> 'pending' or story.listed_at is not null)
)

select
    affected.feed_url,
    affected.detected_at,
    count(story.article_id) as resolved_count,
    count(*) filter (where story.is_found) as recovered_count,
    max(story.resolved_at) as resolved_at
from affected_gaps as affected
left join resolved_stories as story
    on
        affected.first_id <= story.article_id
        and affected.last_id >= story.article_id
group by affected.feed_url, affected.detected_at;

update feed_gaps
set
    resolved_count = resolved.resolved_count,
    recovered_count = resolved.recovered_count,
    closed_at = case
        when resolved.resolved_count = feed_gaps.last_id - feed_gaps.first_id + 1
            then greatest(resolved.resolved_at, feed_gaps.detected_at)
    end,
    outcome = case
        when resolved.resolved_count < feed_gaps.last_id - feed_gaps.first_id + 1 then null
        when resolved.recovered_count > 0 then 'recovered'
        else 'nothing-missed'
    end
from resolved_gaps as resolved
where
    feed_gaps.feed_url = resolved.feed_url
    and feed_gaps.detected_at = resolved.detected_at;
