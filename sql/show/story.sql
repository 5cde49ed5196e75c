-- What is known of one story?
-- Grain: one row, or none of an id that is not in the articles. Reads: $article_id; articles,
-- captures.

-- noqa: disable=RF02

select
    article.*,
    capture.warc_path,
    capture.warc_offset
from articles as article
left join captures as capture on article.capture_id = capture.capture_id
where article.article_id = $article_id;
