-- Keeps when each feed and listing is due, in place of what was kept before.
-- Grain: one feed or listing. Reads: planned_polls.

delete from poll_schedule;

insert into poll_schedule by name
select
    listing_url,
    polled_at,
    due_at,
    story_count,
    new_count
from planned_polls;
