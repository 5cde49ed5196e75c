-- Which stories did the site revise, how long after the first text, and did it take any back?
-- Grain: one story with more than one text. Reads: article_versions.

select
    article_id,
    arg_max(title, version) as title,
    count(*) as version_count,
    count(*) - count(distinct concat(title, body_sha256)) as reverted_count,
    max(valid_from) - min(valid_from) as revised_within
from article_versions
group by article_id
having count(*) > 1
order by article_id desc;
