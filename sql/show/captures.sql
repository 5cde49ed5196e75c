-- Which responses of the site for one story are archived, and where?
-- Grain: one response, oldest first. Reads: $article_id; captures.

select
    fetched_at,
    status,
    warc_path,
    warc_offset,
    capture_id
from captures
where article_id = $article_id
order by fetched_at, capture_id;
