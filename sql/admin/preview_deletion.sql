-- What does the warehouse hold of these stories?
-- Grain: one story of $article_ids. Reads: articles.

select
    requested.article_id,
    article.title,
    article.published_at
from (select unnest($article_ids::bigint[]) as article_id) as requested
left join articles as article on requested.article_id = article.article_id
order by requested.article_id;
