-- Of which of these stories does the warehouse know anything, if only that they were taken down?
-- Grain: one story of $article_ids. Reads: story_states.

select article_id
from story_states
where list_contains($article_ids::bigint[], article_id)
order by article_id;
