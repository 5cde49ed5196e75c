-- No story has two rows in articles.
-- Severity: fail. Grain: one story. Reads: articles, fresh.

select article.article_id
from articles as article
semi join fresh on article.article_id = fresh.article_id
group by article.article_id
having count(*) > 1;
