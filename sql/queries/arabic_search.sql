-- Which stories have an Arabic word, whatever its article, hamza and final letter?
-- Grain: one story, the best match first. Reads: search, articles.

select
    article.article_id,
    article.title
from search('الوزاره', 20) as found
inner join articles as article on found.article_id = article.article_id
order by found.score desc, article.article_id desc;
