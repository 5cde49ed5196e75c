-- A story's versions are numbered 1, 2, 3 in the order they were seen, and while one stands it is
-- the article's.
-- Severity: fail. Grain: one story. Reads: article_versions, articles, fresh.

with
numbered as (
    select
        version.article_id,
        version.version,
        version.valid_from,
        version.valid_to,
        version.seen_at,
        article.version as current_version,
        row_number() over (
            partition by version.article_id
            order by version.valid_from, version.capture_id
        ) as place,
        lead(version.valid_from) over (
            partition by version.article_id
            order by version.version
        ) as succeeded_at
    from article_versions as version
    semi join fresh on version.article_id = fresh.article_id
    left join articles as article on version.article_id = article.article_id
)

select distinct article_id
from numbered
where
    version <> place
    or seen_at <> valid_from
    or valid_to is distinct from case
        when version < current_version then succeeded_at
        when version > current_version then valid_from
    end;
