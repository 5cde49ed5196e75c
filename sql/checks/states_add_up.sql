-- Every story that was ever listed or requested is in exactly one state.
-- Severity: fail. Grain: one story id. Reads: story_states, and the tables that it is made of.

with
traces as (
    select article_id from articles
    union
    select article_id from listing_entries
    union
    select article_id from captures
    where article_id is not null
    union
    select article_id from rejects
    where article_id is not null
    union
    select article_id from tombstones
),

states as (
    select
        article_id,
        count(*) as state_count,
        any_value(state) as state
    from story_states
    group by article_id
)

select
    coalesce(trace.article_id, state.article_id) as article_id,
    coalesce(state.state_count, 0) as state_count,
    state.state
from traces as trace
full outer join states as state on trace.article_id = state.article_id
where
    trace.article_id is null
    or state.state_count is distinct from 1
    or state.state not in ('loaded', 'rejected', 'missing', 'pending', 'deleted')
order by article_id;
