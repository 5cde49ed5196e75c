-- When is each feed and listing due?
-- Grain: one feed or listing, the one due first on top. Reads: poll_schedule.

select
    listing_url,
    polled_at,
    due_at,
    story_count,
    new_count
from poll_schedule
order by due_at nulls first, listing_url;
