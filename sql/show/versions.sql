-- Which texts has one story had?
-- Grain: one version. Reads: $article_id; article_versions.

select
    version,
    valid_from,
    title,
    body,
    capture_id
from article_versions
where article_id = $article_id
order by version;
