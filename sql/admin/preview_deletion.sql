-- What does the warehouse hold of these stories?
-- Grain: one story of $article_ids. Reads: articles, tombstones.

select
    requested.article_id,
    article.title,
    article.published_at,
    story.article_id is not null as is_forgotten
from (select unnest($article_ids::bigint[]) as article_id) as requested
left join articles as article on requested.article_id = article.article_id
left join tombstones as story on requested.article_id = story.article_id
order by requested.article_id;
