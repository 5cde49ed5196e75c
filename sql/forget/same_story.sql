-- Under which other ids does the same story stand?
-- Grain: one story. Reads: parting, articles.

select article.article_id
from articles as article
semi join parting on article.article_id = parting.article_id
order by article.article_id;
