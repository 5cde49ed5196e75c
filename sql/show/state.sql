-- Why is a story not in the articles?
-- Grain: one row, or none of an id that was never listed or requested. Reads: $article_id;
-- story_states, reject_reasons.

-- noqa: disable=RF02

select
    story.state,
    coalesce(reason.meaning, story.reason) as reason,
    story.since_at
from story_states as story
left join reject_reasons as reason on story.reason = reason.reason
where story.article_id = $article_id;
