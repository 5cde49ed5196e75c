-- Empty tables for one staged batch, typed as its files are: a file that the batch lacks is none.
-- Grain: each as its file; see the stage_ files beside this one. Reads: nothing.

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
    run_id varchar
);

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

create or replace temp table staged_feed_polls (
    feed_url varchar,
    polled_at timestamptz,
    article_ids bigint[],
    capture_id varchar,
    run_id varchar
);

create or replace temp table staged_listing_validators (
    url varchar,
    etag varchar,
    last_modified varchar,
    checked_at timestamptz
);

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

create or replace temp table staged_minhash_bands (
    article_id bigint,
    body_sha256 varchar,
    bands bigint[]
);

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
    surface varchar,
    recogniser varchar,
    form varchar,
    role varchar
);

create or replace temp table staged_entity_contexts (
    article_id bigint,
    capture_id varchar,
    entity_id varchar,
    block_key varchar,
    parts varchar[],
    companions varchar[]
);

create or replace temp table staged_article_figures (
    article_id bigint,
    body_sha256 varchar,
    part varchar,
    start_char integer,
    end_char integer,
    surface varchar,
    kind varchar,
    amount double,
    currency varchar,
    exchange varchar,
    symbol varchar,
    day date,
    precision varchar
);

create or replace temp table staged_annotation_stamps (
    article_id bigint,
    body_sha256 varchar,
    text_sha256 varchar,
    recogniser varchar,
    figures_version integer
);

create or replace temp table staged_rejects (
    url varchar,
    article_id bigint,
    stage varchar,
    reason varchar,
    detail varchar,
    run_id varchar,
    rejected_at timestamptz
);
