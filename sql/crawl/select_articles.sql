-- The current texts of some articles, as they were extracted.
-- Grain: one article. Reads: articles, article_versions, $article_ids.

with
wanted as (
    select unnest($article_ids::bigint[]) as article_id
)

select
    article.*,
    version.seen_at
from wanted
inner join articles as article on wanted.article_id = article.article_id
inner join article_versions as version
    on
        article.article_id = version.article_id
        and article.version = version.version
order by article.article_id;
