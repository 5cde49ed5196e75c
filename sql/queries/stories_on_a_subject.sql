-- Which stories of 2026 on water name Kuwait?
-- Grain: one story, the best match first. Reads: search, articles, mentioned.

select
    article.article_id,
    article.published_date,
    article.title
from search('water') as found
inner join articles as article on found.article_id = article.article_id
where article.published_date >= '2026-01-01' and mentioned(article.article_id, 'Kuwait')
order by found.score desc, article.article_id desc;
