-- From when to when each text of a story stood, one row per spell, and what each capture showed,
-- from which the spells follow.
-- Until now a text that came back kept its first row only: the article's own capture says when.

create table observations (
    article_id bigint not null,
    capture_id varchar not null,
    seen_at timestamptz not null,
    text_sha256 varchar not null,
    published_at timestamptz not null,
    is_imported boolean not null
);

comment on table observations is 'One row per capture of a page that gave a text.';
comment on column observations.article_id is 'The story.';
comment on column observations.capture_id is 'The capture.';
comment on column observations.seen_at is 'When it was fetched.';
comment on column observations.text_sha256 is
'Hexadecimal SHA-256 of the title, a newline and body_sha256.';
comment on column observations.published_at is
'When the story was published, from the best source for this capture.';
comment on column observations.is_imported is 'Whether it is an imported WARC record.';

-- a constraint can be set before a column is updated, but not after it in one transaction
alter table article_versions
add column valid_from timestamptz default '2000-01-01 00:00:00+00';

alter table article_versions alter column valid_from set not null;

alter table article_versions alter column valid_from drop default;

alter table article_versions add column valid_to timestamptz;

comment on table article_versions is
'One row per story and spell of a text: a text that is taken back and comes again has two.';
comment on column article_versions.version is 'Its number in the order of valid_from, from 1.';
comment on column article_versions.capture_id is 'The first capture of the spell.';
comment on column article_versions.valid_from is
'When the text was first seen in this spell; the same as seen_at.';
comment on column article_versions.valid_to is
'When another text was first seen in its place; null while it stands. Equal to valid_from for an
imported text that claims to be newer than what the site gave.';

insert into article_versions by name
with
newest as (
    select
        other.article_id,
        max(other.version) as version,
        max(other.seen_at) as seen_at
    from article_versions as other
    inner join articles as article on other.article_id = article.article_id
    left join captures as claim on other.capture_id = claim.capture_id
    where claim.claimed_at is null or article.is_imported
    group by other.article_id
)

select
    known.article_id,
    newest.version + 1 as version,
    known.title,
    known.body,
    known.body_sha256,
    current.published_at,
    current.capture_id,
    case
        when answer.fetched_at > newest.seen_at then answer.fetched_at
        else current.last_seen_at
    end as seen_at,
    current.last_seen_at as valid_from
from articles as current
inner join article_versions as known
    on
        current.article_id = known.article_id
        and current.version = known.version
inner join newest
    on
        current.article_id = newest.article_id
        and current.version < newest.version
left join captures as answer on current.capture_id = answer.capture_id
where current.last_seen_at > newest.seen_at;

-- an imported text may have the number that one which came back takes
update article_versions
set version = placed.version
from (
    select
        rowid as row_id,
        row_number() over (partition by article_id order by seen_at, capture_id) as version
    from article_versions
) as placed
where
    article_versions.rowid = placed.row_id
    and article_versions.version <> placed.version;

update articles
set version = newest.version
from (
    select
        article_id,
        title,
        body_sha256,
        max(version) as version
    from article_versions
    group by article_id, title, body_sha256
) as newest
where
    articles.article_id = newest.article_id
    and articles.title = newest.title
    and articles.body_sha256 = newest.body_sha256
    and articles.version < newest.version;

insert into observations by name
select
    known.article_id,
    known.capture_id,
    known.seen_at,
    sha256(concat(known.title, chr(10), known.body_sha256)) as text_sha256,
    known.published_at,
    answer.claimed_at is not null as is_imported
from article_versions as known
left join captures as answer on known.capture_id = answer.capture_id;

update article_versions
set
    valid_from = article_versions.seen_at,
    valid_to = spell.valid_to
from (
    select
        known.article_id,
        known.version,
        case
            when known.version <= current.version
                then lead(known.seen_at) over (
                    partition by known.article_id, known.version <= current.version
                    order by known.version
                )
            else known.seen_at
        end as valid_to
    from article_versions as known
    inner join articles as current on known.article_id = current.article_id
) as spell
where
    article_versions.article_id = spell.article_id
    and article_versions.version = spell.version;
