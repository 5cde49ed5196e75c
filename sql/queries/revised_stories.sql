-- Which stories did the site revise, and how long after the first text?
-- Grain: one story with more than one text. Reads: articles, article_versions.

select
    article.article_id,
    article.title,
    count(*) as version_count,
    max(version.seen_at) - min(version.seen_at) as revised_within
from articles as article
inner join article_versions as version on article.article_id = version.article_id
group by article.article_id, article.title
having count(*) > 1
order by article.article_id desc
limit 20;
