-- A story's versions are numbered 1, 2, 3 in the order they were seen, no text twice.
-- Severity: fail. Grain: one story. Reads: article_versions, fresh.

with
numbered as (
    select
        version.article_id,
        version.version,
        version.title,
        version.body_sha256,
        row_number() over (
            partition by version.article_id
            order by version.seen_at, version.capture_id
        ) as place
    from article_versions as version
    semi join fresh on version.article_id = fresh.article_id
)

select article_id
from numbered
group by article_id
having bool_or(version <> place) or count(*) <> count(distinct concat(title, body_sha256));
