-- Which stories are about health, and what else are they about?
-- Grain: one story, the newest first. Reads: articles.

select
    article_id,
    published_date,
    topics,
    title
from articles
where list_contains(topics, 'health')
order by published_at desc, article_id desc
limit 20;
