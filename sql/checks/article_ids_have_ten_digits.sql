-- Every story id has ten digits, the first of them 1.
-- Severity: fail. Grain: one story. Reads: articles.

select article_id
from articles
where article_id not between 1000000000 and 1999999999;
