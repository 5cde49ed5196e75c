-- What is new?
-- Grain: one of the 200 newest stories, copies under several ids counted once. Reads: articles.

select
    article.published_at,
    article.provider,
    article.language,
    article.title,
    article.url
from articles as article
where article.article_id = article.cluster_id
order by article.published_at desc, article.article_id desc
limit 200;
