-- Which stories name Kuwait and Yemen, and not Qatar?
-- Grain: one story. Reads: articles, mentioned.

select
    article_id,
    title
from articles
where
    mentioned(article_id, 'Kuwait')
    and mentioned(article_id, 'Yemen')
    and not mentioned(article_id, 'Qatar')
order by article_id desc;
