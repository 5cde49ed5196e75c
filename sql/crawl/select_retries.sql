-- Which stories were refused for one of these reasons, and may be requested again?
-- Grain: one story, the newest first. Reads: story_states, rejects; $reasons; $since, when the last
-- refusal was at the earliest, or null.
-- A story's reason is that of its state: one that the site said it doesn't have stays missing,
-- whatever error came later.

with
refused as (
    select article_id
    from rejects
    where article_id is not null
    group by article_id
    having $since::timestamptz is null or max(rejected_at) >= $since
),

unread as (
    select article_id
    from story_states
    where
        state in ('pending', 'rejected')
        and list_contains($reasons::varchar[], reason)
)

select unread.article_id
from unread
semi join refused on unread.article_id = refused.article_id
order by unread.article_id desc;
