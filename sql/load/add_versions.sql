-- Records the batch's distinct texts and numbers each story's texts in the order they were seen.
-- Grain: one story and distinct text. Reads: staged_articles, dated, articles, article_versions.
-- Only stories are touched that have a text without a version, or one seen earlier than known, or a
-- capture that was read again and has another text now, which supersedes the one it had. The
-- outcome depends on the set of captures only, not on the order in which they are loaded.

create or replace temp table batch_texts as
select
    staged.article_id,
    staged.title,
    staged.body,
    staged.body_sha256,
    witness.published_at,
    staged.capture_id,
    staged.seen_at
from staged_articles as staged
inner join dated as witness
    on
        staged.article_id = witness.article_id
        and staged.capture_id = witness.capture_id
where witness.published_at is not null;

create or replace temp table numbered_texts as
with
-- sought by the ids first, which spares reading every headline of the warehouse
known_texts as (
    select
        known.article_id,
        known.title,
        known.body_sha256,
        known.capture_id,
        known.seen_at
    from article_versions as known
    semi join batch_texts as batch on known.article_id = batch.article_id
),

affected as (
    select distinct batch.article_id
    from batch_texts as batch
    anti join known_texts as known
        on
            batch.article_id = known.article_id
            and batch.title = known.title
            and batch.body_sha256 = known.body_sha256
            and batch.seen_at >= known.seen_at
    union
    select batch.article_id
    from batch_texts as batch
    inner join known_texts as known
        on
            batch.article_id = known.article_id
            and batch.capture_id = known.capture_id
    where batch.title <> known.title or batch.body_sha256 <> known.body_sha256
),

texts as (
    select batch.*
    from batch_texts as batch
    semi join affected on batch.article_id = affected.article_id
    union all
    select
        known.article_id,
        known.title,
        known.body,
        known.body_sha256,
        known.published_at,
        known.capture_id,
        known.seen_at
    from article_versions as known
    semi join affected on known.article_id = affected.article_id
    anti join batch_texts as batch
        on
            known.article_id = batch.article_id
            and known.capture_id = batch.capture_id
    union all
    -- a text that came back, whose first capture was read anew and has another text now
    select
        current.article_id,
        current.title,
        current.body,
        current.body_sha256,
        current.published_at,
        current.capture_id,
        current.last_seen_at as seen_at
    from articles as current
    semi join affected on current.article_id = affected.article_id
),

distinct_texts as (
    select distinct on (article_id, title, body_sha256) *
    from texts
    order by article_id, title, body_sha256, seen_at, capture_id
)

select
    *,
    row_number() over (partition by article_id order by seen_at, capture_id) as version
from distinct_texts;

delete from article_versions
where article_id in (select numbered.article_id from numbered_texts as numbered);

insert into article_versions by name
select * from numbered_texts;

update articles
set version = known.version
from article_versions as known
where
    articles.article_id in (select batch.article_id from batch_texts as batch)
    and articles.article_id = known.article_id
    and articles.title = known.title
    and articles.body_sha256 = known.body_sha256
    and articles.version <> known.version;
