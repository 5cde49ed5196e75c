-- `staged_<table>`: what the batches hold, without the stories that were deleted.
-- Grain: a table for each Parquet file of a batch, as the records written there. Reads: the files,
-- a list of each name by a parameter of that name; tombstones; $latest, beyond which no time is
-- believed: a clock may have been ahead, and a time to come would outrank all that follow.
-- A batch has only the files that it has records for: the loader skips the statements of files
-- that none has, and their tables stay empty. No two batches bring a text of one story, so that the
-- order of their records says nothing.

create or replace temp table staged_captures (
    capture_id varchar,
    url varchar,
    article_id bigint,
    fetched_at timestamptz,
    status integer,
    content_type varchar,
    body_bytes bigint,
    payload_sha256 varchar,
    warc_path varchar,
    warc_offset bigint,
    etag varchar,
    last_modified varchar,
    run_id varchar,
    claimed_at timestamptz
);

insert into staged_captures by name
select * replace (least(fetched_at, $latest) as fetched_at)
from read_parquet($captures)
where coalesce(article_id not in (select deleted.article_id from tombstones as deleted), true);

create or replace temp table staged_listing_entries (
    article_id bigint,
    url varchar,
    listing_url varchar,
    section varchar,
    title varchar,
    published_at timestamptz,
    seen_at timestamptz,
    capture_id varchar,
    run_id varchar
);

insert into staged_listing_entries by name
select * replace (least(seen_at, $latest) as seen_at)
from read_parquet($listing_entries)
where article_id not in (select deleted.article_id from tombstones as deleted);

create or replace temp table staged_feed_polls (
    feed_url varchar,
    polled_at timestamptz,
    article_ids bigint[],
    repair varchar,
    capture_id varchar,
    run_id varchar
);

insert into staged_feed_polls by name
select * replace (least(polled_at, $latest) as polled_at)
from read_parquet($feed_polls);

create or replace temp table staged_listing_validators (
    url varchar,
    etag varchar,
    last_modified varchar,
    checked_at timestamptz
);

insert into staged_listing_validators by name
select * replace (least(checked_at, $latest) as checked_at)
from read_parquet($listing_validators);

create or replace temp table staged_articles (
    article_id bigint,
    url varchar,
    language varchar,
    title varchar,
    body varchar,
    provider varchar,
    provider_printed varchar,
    provider_code varchar,
    account_code varchar,
    menafn_token varchar,
    dateline_place varchar,
    dateline_date date,
    byline varchar,
    page_at timestamptz,
    token_at timestamptz,
    word_count integer,
    body_sha256 varchar,
    image_url varchar,
    is_stock_image boolean,
    text_defects varchar[],
    capture_id varchar,
    seen_at timestamptz,
    run_id varchar,
    extractor_version varchar
);

insert into staged_articles by name
select * replace (least(seen_at, $latest) as seen_at)
from read_parquet($articles)
where article_id not in (select deleted.article_id from tombstones as deleted);

create or replace temp table staged_minhash_bands (
    article_id bigint,
    body_sha256 varchar,
    bands bigint[]
);

insert into staged_minhash_bands by name
select *
from read_parquet($minhash_bands)
where article_id not in (select deleted.article_id from tombstones as deleted);

create or replace temp table staged_mentions (
    article_id bigint,
    body_sha256 varchar,
    entity_id varchar,
    type varchar,
    name varchar,
    country_code varchar,
    part varchar,
    start_char integer,
    end_char integer,
    sentence_number integer,
    surface varchar,
    recogniser varchar,
    form varchar,
    role varchar
);

insert into staged_mentions by name
select *
from read_parquet($mentions)
where article_id not in (select deleted.article_id from tombstones as deleted);

create or replace temp table staged_entity_contexts (
    article_id bigint,
    capture_id varchar,
    entity_id varchar,
    block_key varchar,
    parts varchar[],
    companions varchar[]
);

insert into staged_entity_contexts by name
select *
from read_parquet($entity_contexts)
where article_id not in (select deleted.article_id from tombstones as deleted);

create or replace temp table staged_article_figures (
    article_id bigint,
    body_sha256 varchar,
    part varchar,
    start_char integer,
    end_char integer,
    sentence_number integer,
    surface varchar,
    kind varchar,
    amount decimal(38, 6),
    currency varchar,
    exchange varchar,
    symbol varchar,
    day date,
    precision varchar,
    range_id integer,
    entity_id varchar
);

insert into staged_article_figures by name
select *
from read_parquet($article_figures)
where article_id not in (select deleted.article_id from tombstones as deleted);

create or replace temp table staged_quotes (
    article_id bigint,
    body_sha256 varchar,
    quote_number integer,
    start_char integer,
    end_char integer,
    surface varchar,
    sentence_number integer,
    speaker varchar,
    entity_id varchar
);

insert into staged_quotes by name
select *
from read_parquet($quotes)
where article_id not in (select deleted.article_id from tombstones as deleted);

create or replace temp table staged_annotation_stamps (
    article_id bigint,
    body_sha256 varchar,
    text_sha256 varchar,
    recogniser varchar,
    figures_version integer,
    sentence_starts integer[]
);

insert into staged_annotation_stamps by name
select *
from read_parquet($annotation_stamps)
where article_id not in (select deleted.article_id from tombstones as deleted);

create or replace temp table staged_rejects (
    url varchar,
    article_id bigint,
    stage varchar,
    reason varchar,
    detail varchar,
    run_id varchar,
    rejected_at timestamptz
);

insert into staged_rejects by name
select * replace (least(rejected_at, $latest) as rejected_at)
from read_parquet($rejects)
where coalesce(article_id not in (select deleted.article_id from tombstones as deleted), true);
