-- Every article's address is on the site's host and names its story.
-- Severity: fail. Grain: one story. Reads: articles.

select
    article_id,
    url
from articles
where
    not starts_with(url, concat('https://menafn.com/', article_id))
    and not starts_with(url, concat('https://menafn.com/arabic/', article_id));
