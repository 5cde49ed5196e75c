-- Adds the batch's distinct texts and numbers each story's texts in the order they were seen;
-- updates when stories were seen and checked, and dates those anew that a listing of the batch is
-- the first to date. `changed_times`: the dates that stories have or had before this batch.
-- Grain: one story and distinct text; one story; one date.
-- Reads: staged_articles, staged_captures, dated, readings, articles, article_versions.
-- Only stories are numbered that have a text without a version, or one seen earlier than known, or
-- a capture that was read again and has another text now, which supersedes the one it had. The
-- outcome depends on the set of captures only, not on the order in which they are loaded. A text is
-- confirmed by a page with the same text or by "not modified"; a story is checked by any response
-- but "too many requests" and server errors. An imported record is a version like any other, and
-- moves no time of a story whose text the site gave, nor does a page without a possible date.

create or replace temp table batch_texts as
select
    staged.article_id,
    staged.title,
    staged.body,
    staged.body_sha256,
    date.published_at,
    staged.capture_id,
    staged.seen_at
from staged_articles as staged
inner join dated as date
    on
        staged.article_id = date.article_id
        and staged.capture_id = date.capture_id
where date.published_at is not null;

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

create or replace temp table clocks as
with
imported as (
    select capture_id
    from staged_captures
    where claimed_at is not null
),

readings_and_answers as (
    select
        staged.article_id,
        staged.seen_at as first_seen_at,
        staged.seen_at as checked_at,
        case
            when current.title = staged.title and current.body_sha256 = staged.body_sha256
                then staged.seen_at
        end as confirmed_at
    from batch_texts as staged
    inner join articles as current on staged.article_id = current.article_id
    where
        current.is_imported
        or staged.capture_id not in (select capture.capture_id from imported as capture)
    union all
    select
        article_id,
        fetched_at as first_seen_at,
        fetched_at as checked_at,
        case when status = 304 then fetched_at end as confirmed_at
    from staged_captures
    where
        article_id is not null
        and status < 500
        and status not in (408, 425, 429)
        and claimed_at is null
    union all
    select
        article_id,
        listed_at as first_seen_at,
        null as checked_at,
        null as confirmed_at
    from dated
)

select
    article_id,
    min(first_seen_at) as first_seen_at,
    max(checked_at) as checked_at,
    max(confirmed_at) as confirmed_at
from readings_and_answers
group by article_id;

update articles
set
    first_seen_at = least(articles.first_seen_at, clock.first_seen_at),
    last_seen_at = greatest(articles.last_seen_at, clock.confirmed_at),
    last_checked_at = greatest(articles.last_checked_at, clock.checked_at)
from clocks as clock
where
    articles.article_id = clock.article_id
    and (
        articles.first_seen_at > clock.first_seen_at
        or articles.last_seen_at < clock.confirmed_at
        or articles.last_checked_at < clock.checked_at
    );

create or replace temp table settled_dates as
select
    date.article_id,
    date.feed_at,
    date.published_at,
    date.published_at_basis,
    current.published_at as former_published_at,
    current.version
from dated as date
inner join articles as current on date.article_id = current.article_id
where
    date.capture_id is null
    and date.published_at is not null
    and current.feed_at is distinct from date.feed_at;

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

create or replace temp table changed_times as
with
changed as (
    select
        published_at,
        former_published_at
    from readings
    where action in ('insert', 'update')
    union all
    select
        published_at,
        former_published_at
    from settled_dates
)

select unnest([published_at, former_published_at]) as published_at
from changed;
