-- Every article was read from a capture that is in the warehouse, one of that story.
-- Severity: fail. Grain: one story. Reads: articles, fresh, captures.

select
    article.article_id,
    article.capture_id
from articles as article
semi join fresh on article.article_id = fresh.article_id
anti join captures as capture
    on
        article.article_id = capture.article_id
        and article.capture_id = capture.capture_id;
