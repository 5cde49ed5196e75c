-- Dates known stories anew where a listing of the batch is the first that dates them.
-- Grain: one story. Reads: dated, articles, article_versions.

create or replace temp table settled_dates as
select
    witness.article_id,
    witness.feed_at,
    witness.published_at,
    witness.published_at_basis,
    current.published_at as former_published_at,
    current.version
from dated as witness
inner join articles as current on witness.article_id = current.article_id
where
    witness.capture_id is null
    and witness.published_at is not null
    and current.feed_at is distinct from witness.feed_at;

update articles
set
    feed_at = settled.feed_at,
    published_at = settled.published_at,
    published_at_basis = settled.published_at_basis
from settled_dates as settled
where articles.article_id = settled.article_id;

update article_versions
set published_at = settled.published_at
from settled_dates as settled
where
    article_versions.article_id = settled.article_id
    and article_versions.version = settled.version;
