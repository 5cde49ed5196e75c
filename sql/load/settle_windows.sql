-- Says of the affected loss windows how far they are settled, and closes those that are.
-- Grain: one loss window. Reads: affected_windows, story_states.
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
            story.sighted_at, case when story.state <> 'waiting' then story.since_at end
        ) as settled_at,
        story.state = 'known'
        and coalesce(story.since_at < story.sighted_at, true) as is_found
    from story_states as story
    inner join hull
        on
            story.article_id >= hull.first_id
            and story.article_id <= hull.last_id
    where story.state <> 'waiting' or story.sighted_at is not null
)

select
    affected.feed_url,
    affected.noticed_at,
    count(story.article_id) as settled_count,
    count(*) filter (where story.is_found) as found_count,
    max(story.settled_at) as settled_at
from affected_windows as affected
left join settled_stories as story
    on
        affected.first_id <= story.article_id
        and affected.last_id >= story.article_id
group by affected.feed_url, affected.noticed_at;

update loss_windows
set
    settled_count = settled.settled_count,
    found_count = settled.found_count,
    closed_at = case
        when settled.settled_count = loss_windows.last_id - loss_windows.first_id + 1
            then greatest(settled.settled_at, loss_windows.noticed_at)
    end,
    closed_how = case
        when settled.settled_count < loss_windows.last_id - loss_windows.first_id + 1 then null
        when settled.found_count > 0 then 'found'
        else 'nothing-lost'
    end
from settled_windows as settled
where
    loss_windows.feed_url = settled.feed_url
    and loss_windows.noticed_at = settled.noticed_at;
