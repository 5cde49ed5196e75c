-- Every story as its text stood at an instant.
-- Grain: one story. Reads: article_versions, articles.
-- The first text counts from its publication, though it was seen later.

-- noqa: disable=PRS, LT02, RF02

create or replace macro as_of(instant) as table
select
    version.article_id,
    version.version,
    version.title,
    version.body,
    version.published_at,
    article.language,
    article.provider,
    article.url,
    version.valid_from,
    version.valid_to
from article_versions as version
inner join main.articles as article on version.article_id = article.article_id
where
    if(version.version = 1, least(version.valid_from, version.published_at), version.valid_from)
    <= cast(instant as timestamptz)
    and coalesce(version.valid_to > cast(instant as timestamptz), true);

comment on macro table as_of is
'Every story as its text stood at an instant: one row each, with version, title and body.';
