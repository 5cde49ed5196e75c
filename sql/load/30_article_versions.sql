-- Adds what the batch's captures show, and numbers each story's spells, in which one text stood;
-- updates when stories were seen and checked, and dates those anew that a listing of the batch is
-- the first to date. `changed_times`: the dates that stories have or had before this batch.
-- Grain: one capture; one story and spell; one story; one date.
-- Reads: staged_articles, staged_captures, dated, readings, articles, article_versions,
-- observations.
-- The spells follow from the set of captures only, not from the order in which they are loaded, so
-- every capture's text is kept as a digest. A capture that is read again and has another text now
-- stands for the rest of its spell too, until that is read again itself. An imported record takes
-- part like any other, but if it claims to be newer than what the site gave: such a text is listed
-- once, as one that never stood. It moves no time of a story whose text the site gave, nor does a
-- page without a possible date. A text is confirmed by a page with the same text or by "not
-- modified"; a story is checked by any response but "too many requests" and server errors.

create or replace temp table batch_texts as
select
    staged.article_id,
    staged.title,
    staged.body,
    staged.body_sha256,
    sha256(concat(staged.title, chr(10), staged.body_sha256)) as text_sha256,
    date.published_at,
    staged.capture_id,
    staged.seen_at,
    staged.capture_id in (
        select imported.capture_id
        from staged_captures as imported
        where imported.claimed_at is not null
    ) as is_imported
from staged_articles as staged
inner join dated as date
    on
        staged.article_id = date.article_id
        and staged.capture_id = date.capture_id
where date.published_at is not null;

-- without the bodies, which are wide
create or replace temp table known_spells as
select
    known.article_id,
    known.version,
    known.capture_id,
    sha256(concat(known.title, chr(10), known.body_sha256)) as text_sha256,
    known.published_at,
    known.valid_from,
    known.valid_to
from article_versions as known
semi join batch_texts as batch on known.article_id = batch.article_id;

create or replace temp table known_observations as
select
    known.*,
    known.rowid as row_id
from observations as known
semi join batch_texts as batch on known.article_id = batch.article_id;

create or replace temp table observed as
with
-- captures that have another text now, and until when they had the former
rereadings as (
    select
        known.article_id,
        known.text_sha256,
        batch.text_sha256 as new_sha256,
        batch.seen_at,
        coalesce(spell.valid_to, 'infinity'::timestamptz) as valid_to
    from known_observations as known
    inner join batch_texts as batch
        on
            known.article_id = batch.article_id
            and known.capture_id = batch.capture_id
    asof inner join known_spells as spell
        on
            known.article_id = spell.article_id
            and known.text_sha256 = spell.text_sha256
            and known.seen_at >= spell.valid_from
    where known.text_sha256 <> batch.text_sha256
),

others as (
    select distinct on (known.article_id, known.capture_id)
        known.article_id,
        known.capture_id,
        known.seen_at,
        coalesce(reread.new_sha256, known.text_sha256) as text_sha256,
        known.published_at,
        known.is_imported
    from known_observations as known
    anti join batch_texts as batch
        on
            known.article_id = batch.article_id
            and known.capture_id = batch.capture_id
    left join rereadings as reread
        on
            known.article_id = reread.article_id
            and known.text_sha256 = reread.text_sha256
            and known.seen_at >= reread.seen_at
            and known.seen_at < reread.valid_to
    order by known.article_id asc, known.capture_id asc, reread.seen_at desc
)

select distinct on (article_id, capture_id)
    article_id,
    capture_id,
    seen_at,
    text_sha256,
    published_at,
    is_imported
from batch_texts
union all
select * from others;

create or replace temp table new_observations as
select * from observed
except
select * exclude (row_id) from known_observations;

delete from observations
where rowid in (
    select known.row_id
    from known_observations as known
    semi join new_observations as replacing
        on
            known.article_id = replacing.article_id
            and known.capture_id = replacing.capture_id
);

insert into observations by name
select * from new_observations;

create or replace temp table spells as
with
placed as (
    select
        *,
        is_imported and coalesce(
            seen_at >= max(seen_at) filter (where not is_imported) over (partition by article_id),
            false
        ) as is_unconfirmed
    from observed
),

successions as (
    select
        *,
        lag(text_sha256) over (partition by article_id order by seen_at, capture_id)
            as former_sha256
    from placed
    where not is_unconfirmed
),

beginnings as (
    select
        *,
        lead(seen_at) over (partition by article_id order by seen_at, capture_id) as valid_to
    from successions
    where text_sha256 is distinct from former_sha256
),

unconfirmed as (
    select distinct on (placed.article_id, placed.text_sha256)
        placed.*,
        placed.seen_at as valid_to
    from placed
    anti join successions as succession
        on
            placed.article_id = succession.article_id
            and placed.text_sha256 = succession.text_sha256
    order by placed.article_id, placed.text_sha256, placed.seen_at, placed.capture_id
),

final as (
    select * exclude (former_sha256)
    from beginnings
    union all by name
    select *
    from unconfirmed
)

select
    article_id,
    (row_number() over (partition by article_id order by seen_at, capture_id))::integer
        as version,
    capture_id,
    text_sha256,
    published_at,
    seen_at as valid_from,
    valid_to
from final;

create or replace temp table changed_stories as
with
differences as (
    (
        select * from spells
        except
        select * from known_spells
    )
    union all
    (
        select * from known_spells
        except
        select * from spells
    )
)

select distinct article_id
from differences;

create or replace temp table new_versions as
with
texts as (
    select
        batch.article_id,
        batch.text_sha256,
        batch.title,
        batch.body,
        batch.body_sha256
    from batch_texts as batch
    semi join changed_stories as changed on batch.article_id = changed.article_id
    union all
    select
        known.article_id,
        sha256(concat(known.title, chr(10), known.body_sha256)) as text_sha256,
        known.title,
        known.body,
        known.body_sha256
    from article_versions as known
    semi join changed_stories as changed on known.article_id = changed.article_id
),

distinct_texts as (
    select distinct on (article_id, text_sha256) *
    from texts
)

select
    spell.article_id,
    spell.version,
    text.title,
    text.body,
    text.body_sha256,
    spell.published_at,
    spell.capture_id,
    spell.valid_from as seen_at,
    spell.valid_from,
    spell.valid_to
from spells as spell
inner join distinct_texts as text
    on
        spell.article_id = text.article_id
        and spell.text_sha256 = text.text_sha256;

delete from article_versions
where article_id in (select changed.article_id from changed_stories as changed);

insert into article_versions by name
select * from new_versions;

update articles
set version = newest.version
from (
    select
        known.article_id,
        known.title,
        known.body_sha256,
        max(known.version) as version
    from article_versions as known
    semi join batch_texts as batch on known.article_id = batch.article_id
    group by known.article_id, known.title, known.body_sha256
) as newest
where
    articles.article_id = newest.article_id
    and articles.title = newest.title
    and articles.body_sha256 = newest.body_sha256
    and articles.version <> newest.version;

create or replace temp table clocks as
with
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
    where current.is_imported or not staged.is_imported
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

update observations
set published_at = known.published_at
from settled_dates as settled
inner join article_versions as known
    on
        settled.article_id = known.article_id
        and settled.version = known.version
where
    observations.article_id = known.article_id
    and observations.capture_id = known.capture_id;

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
