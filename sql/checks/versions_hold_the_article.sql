-- Every article's title and body are those of the version it names.
-- Severity: fail. Grain: one story. Reads: articles, article_versions, fresh.

select
    article.article_id,
    article.version
from articles as article
semi join fresh on article.article_id = fresh.article_id
anti join article_versions as version
    on
        article.article_id = version.article_id
        and article.version = version.version
        and article.title = version.title
        and article.body_sha256 = version.body_sha256;
