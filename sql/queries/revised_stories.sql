-- Which stories did the site revise, how long after the first text, and did it take any back?
-- Grain: one story with more than one text. Reads: articles, article_versions.

select
    article.article_id,
    article.title,
    count(*) as version_count,
    count(*) - count(distinct concat(version.title, version.body_sha256)) as reverted_count,
    max(version.valid_from) - min(version.valid_from) as revised_within
from articles as article
inner join article_versions as version on article.article_id = version.article_id
group by article.article_id, article.title
having count(*) > 1
order by article.article_id desc
limit 20;
