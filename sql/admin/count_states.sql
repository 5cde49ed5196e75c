-- How many stories are in which state?
-- Grain: one state. Reads: story_states.

select
    state,
    count(*) as story_count
from story_states
group by state
order by story_count desc, state asc;
