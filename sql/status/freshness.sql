-- How fresh is the warehouse?
-- Grain: one row. Reads: articles, captures.

select
    (select max(article.published_at) from articles as article) as newest_story_at,
    (select max(capture.fetched_at) from captures as capture) as last_answer_at;
