-- The tables of the warehouse as readers and the load statements know them.
-- Grain: stated in each table's comment. Reads: nothing.
-- There are no foreign keys, because DuckDB trips over them when parent and child change together;
-- sql/checks has a check for each instead. Only `articles` and the small tables have a primary
-- key: an index over random keys would make every checkpoint dearer as the warehouse grows.

create table articles (
    article_id bigint primary key,
    url varchar not null,
    language varchar not null,
    title varchar not null,
    body varchar not null,
    provider varchar not null,
    provider_code varchar,
    account_code varchar,
    menafn_token varchar,
    published_at timestamptz not null,
    published_at_basis varchar not null,
    word_count integer not null,
    body_sha256 varchar not null,
    version integer not null,
    cluster_id bigint not null,
    image_url varchar,
    first_seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    capture_id varchar not null,
    run_id varchar not null,
    extractor_version varchar not null,
    provider_printed varchar,
    dateline_place varchar,
    dateline_date date,
    byline varchar,
    is_stock_image boolean not null,
    damage varchar[] not null,
    page_at timestamptz,
    feed_at timestamptz,
    token_at timestamptz,
    last_checked_at timestamptz not null
);

comment on table articles is 'One row per story id: its newest text.';
comment on column articles.article_id is 'The 10-digit story id of the address.';
comment on column articles.url is
'Canonical address: https://menafn.com/<id>/<slug>, with /arabic before the id for Arabic.';
comment on column articles.language is 'ISO 639-1 code of the text.';
comment on column articles.title is 'The headline in the page''s words.';
comment on column articles.body is
'Main text, paragraphs separated by one newline; no credit, token, disclaimer or other stories.';
comment on column articles.provider is
'Who provided the story, one spelling per provider; MENAFN for the wire''s own news.';
comment on column articles.provider_code is 'First six digits of the closing token: the provider.';
comment on column articles.account_code is
'Second six digits of the closing token: the account that filed the story.';
comment on column articles.menafn_token is 'The whole closing token.';
comment on column articles.published_at is
'When the story was published, by the best witness that is possible; see published_at_basis.';
comment on column articles.published_at_basis is
'The witness of published_at, best first: page, feed, token, article_id (estimated from the id).';
comment on column articles.word_count is
'Words of the body: maximal runs of letters, digits and inner marks.';
comment on column articles.body_sha256 is 'Hexadecimal SHA-256 of the body in UTF-8.';
comment on column articles.version is
'Number of this text among the story''s distinct texts in the order they were first seen, from 1.';
comment on column articles.cluster_id is
'The smallest article_id whose text is the same story; the own id where there is none.';
comment on column articles.image_url is 'The story''s picture, null for placeholders.';
comment on column articles.first_seen_at is
'When the story was first seen, on a listing or as a page.';
comment on column articles.last_seen_at is
'When an answer of the wire last confirmed this text: the same text again, or "not modified".';
comment on column articles.capture_id is 'The capture that this row was read from.';
comment on column articles.run_id is 'The run that read it.';
comment on column articles.extractor_version is 'Versions of the reader, page layout and library.';
comment on column articles.provider_printed is
'The provider as the dateline credit prints it, null without a credit.';
comment on column articles.dateline_place is 'Place of the agency''s own dateline.';
comment on column articles.dateline_date is 'Day of the agency''s own dateline.';
comment on column articles.byline is
'Who wrote the story: the bare name, without the "By" before it.';
comment on column articles.is_stock_image is
'Whether the picture is one of the wire''s pooled stock pictures.';
comment on column articles.damage is 'Slugs of text damage that was seen and left as it is.';
comment on column articles.page_at is 'What the page''s printed time says of published_at.';
comment on column articles.feed_at is 'What the first feed that dated the story says of it.';
comment on column articles.token_at is 'Start of the closing token''s day on the wire''s clock.';
comment on column articles.last_checked_at is
'When the wire last answered for this story, whatever the answer.';

create table article_versions (
    article_id bigint not null,
    version integer not null,
    title varchar not null,
    body varchar not null,
    body_sha256 varchar not null,
    published_at timestamptz not null,
    capture_id varchar not null,
    seen_at timestamptz not null
);

comment on table article_versions is
'One row per story and distinct text; a text is a title and a body, so either one makes a version.';
comment on column article_versions.article_id is 'The story.';
comment on column article_versions.version is 'Its number in the order of seen_at, from 1.';
comment on column article_versions.title is 'The headline of this text.';
comment on column article_versions.body is 'The main text.';
comment on column article_versions.body_sha256 is 'Hexadecimal SHA-256 of the body in UTF-8.';
comment on column article_versions.published_at is 'When published, as this text''s page has it.';
comment on column article_versions.capture_id is 'The capture that first had this text.';
comment on column article_versions.seen_at is 'When that capture was fetched.';

create table cluster_bands (
    band_hash bigint not null,
    article_id bigint not null,
    published_date date not null
);

comment on table cluster_bands is
'One row per story and hash of its opening; stories that share hashes may be one story.';
comment on column cluster_bands.band_hash is 'A hash of a part of the opening''s MinHash.';
comment on column cluster_bands.article_id is 'The story.';
comment on column cluster_bands.published_date is 'Day (UTC) on which it was published.';

create table captures (
    capture_id varchar not null,
    url varchar not null,
    article_id bigint,
    fetched_at timestamptz not null,
    status integer not null,
    content_type varchar,
    body_bytes bigint not null,
    payload_sha256 varchar not null,
    warc_path varchar not null,
    warc_offset bigint not null,
    run_id varchar not null,
    etag varchar,
    last_modified varchar
);

comment on table captures is 'One row per answer of the wire, each archived in a WARC file.';
comment on column captures.capture_id is 'The UUID of the WARC response record.';
comment on column captures.url is
'Canonical address that was asked for; the WARC record has the one that was dialled.';
comment on column captures.article_id is 'The story asked for, null for listings and robots.txt.';
comment on column captures.fetched_at is 'When the answer was complete.';
comment on column captures.status is 'HTTP status.';
comment on column captures.content_type is 'The Content-Type header as sent.';
comment on column captures.body_bytes is 'Length of the body as sent, before content decoding.';
comment on column captures.payload_sha256 is 'Hexadecimal SHA-256 of the body as sent.';
comment on column captures.warc_path is 'The WARC file, relative to the data folder.';
comment on column captures.warc_offset is 'Byte at which the record starts in that file.';
comment on column captures.run_id is 'The run that asked.';
comment on column captures.etag is 'The ETag header, verbatim.';
comment on column captures.last_modified is 'The Last-Modified header, verbatim.';

create table entities (
    entity_id varchar not null,
    type varchar not null,
    name varchar not null,
    country_code varchar,
    first_seen_at timestamptz not null
);

comment on table entities is 'One row per person, organisation or place that articles name.';
comment on column entities.entity_id is 'Stable id: the type and a digest of the canonical name.';
comment on column entities.type is 'person, organization or place.';
comment on column entities.name is 'Canonical name.';
comment on column entities.country_code is 'ISO 3166-1 alpha-2, where a country applies.';
comment on column entities.first_seen_at is 'When the first article that names it was fetched.';

create table mentions (
    article_id bigint not null,
    entity_id varchar not null,
    part varchar not null,
    start_char integer not null,
    end_char integer not null,
    surface varchar not null,
    recogniser varchar not null
);

comment on table mentions is 'One row per name in the current text of an article.';
comment on column mentions.article_id is 'The story.';
comment on column mentions.entity_id is 'What is named.';
comment on column mentions.part is 'Which text it stands in: title or body.';
comment on column mentions.start_char is 'First code point of the name in that text, from 0.';
comment on column mentions.end_char is 'One past its last code point.';
comment on column mentions.surface is 'The name as printed.';
comment on column mentions.recogniser is 'Name and version of what found it.';

create table rejects (
    url varchar not null,
    article_id bigint,
    stage varchar not null,
    reason varchar not null,
    detail varchar not null,
    run_id varchar not null,
    rejected_at timestamptz not null
);

comment on table rejects is 'One row per run and thing that could not be used.';
comment on column rejects.url is 'Its canonical address.';
comment on column rejects.article_id is 'The story it is or claims to be, where known.';
comment on column rejects.stage is 'Where it was refused: discover, fetch, read or load.';
comment on column rejects.reason is 'Why: a slug from the closed list of the program.';
comment on column rejects.detail is 'One line for a person.';
comment on column rejects.run_id is 'The run that refused it.';
comment on column rejects.rejected_at is 'When.';

create table runs (
    run_id varchar primary key,
    flow varchar not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    status varchar not null,
    discovered bigint not null,
    fetched bigint not null,
    not_modified bigint not null,
    extracted bigint not null,
    inserted bigint not null,
    updated bigint not null,
    unchanged bigint not null,
    rejected bigint not null,
    mentions bigint not null,
    seconds double,
    detail varchar,
    wire varchar not null,
    timezone varchar not null
);

comment on table runs is
'One row per run; its counts are those of the batches it loaded, see loads.';
comment on column runs.run_id is 'Sortable id: the start in UTC and six random hexadecimal digits.';
comment on column runs.flow is 'Name of the flow.';
comment on column runs.started_at is 'When it started.';
comment on column runs.finished_at is 'When it ended, null while it runs.';
comment on column runs.status is 'running, completed or failed.';
comment on column runs.discovered is 'Stories seen in feeds and listings.';
comment on column runs.fetched is 'Answers for stories, other than "not modified".';
comment on column runs.not_modified is 'Stories that the wire answered "not modified" for.';
comment on column runs.extracted is 'Pages that an article was read from.';
comment on column runs.inserted is 'Stories that are new in the warehouse.';
comment on column runs.updated is 'Stories whose row was replaced by a newer reading.';
comment on column runs.unchanged is 'Readings that left the story''s row as it was.';
comment on column runs.rejected is 'Things that could not be used.';
comment on column runs.mentions is 'Mentions stored.';
comment on column runs.seconds is 'Seconds from start to end.';
comment on column runs.detail is 'Why it failed, in one line.';
comment on column runs.wire is
'The address that was dialled as the wire; stories of a local one are a replay''s or invented.';
comment on column runs.timezone is 'The zone in which the run read the wire''s printed times.';

create table loads (
    batch_id varchar primary key,
    run_id varchar not null,
    loaded_at timestamptz not null,
    discovered bigint not null,
    fetched bigint not null,
    not_modified bigint not null,
    extracted bigint not null,
    inserted bigint not null,
    updated bigint not null,
    unchanged bigint not null,
    rejected bigint not null,
    mentions bigint not null,
    unknown_layout bigint not null
);

comment on table loads is 'One row per batch that was merged, with what it brought.';
comment on column loads.batch_id is 'The batch: the run that staged it and its number.';
comment on column loads.run_id is 'The run that loaded it, which may be a later one.';
comment on column loads.loaded_at is 'When.';
comment on column loads.discovered is 'Stories sighted in it.';
comment on column loads.fetched is 'Answers for stories in it, other than "not modified".';
comment on column loads.not_modified is 'Answers "not modified" for stories in it.';
comment on column loads.extracted is 'Articles read in it.';
comment on column loads.inserted is 'Articles that were new.';
comment on column loads.updated is 'Articles whose row it replaced.';
comment on column loads.unchanged is 'Articles read in it that left the story''s row as it was.';
comment on column loads.rejected is 'Rejects in it, those of the load included.';
comment on column loads.mentions is 'Mentions stored from it.';
comment on column loads.unknown_layout is
'Articles read in it from pages of no layout that is known.';

create table sightings (
    article_id bigint not null,
    listing_url varchar not null,
    url varchar not null,
    section varchar not null,
    title varchar,
    published_at timestamptz,
    seen_at timestamptz not null,
    last_seen_at timestamptz not null,
    capture_id varchar not null,
    run_id varchar not null
);

comment on table sightings is 'One row per story and feed or listing page that it was seen on.';
comment on column sightings.article_id is 'The story.';
comment on column sightings.listing_url is 'Canonical address of the feed or listing page.';
comment on column sightings.url is 'The story''s canonical address, as linked there.';
comment on column sightings.section is 'The feed''s country or the listing''s section.';
comment on column sightings.title is 'The headline printed there.';
comment on column sightings.published_at is 'The date given there.';
comment on column sightings.seen_at is 'When it was first seen there.';
comment on column sightings.last_seen_at is 'When it was last seen there.';
comment on column sightings.capture_id is 'The listing''s capture that first had it.';
comment on column sightings.run_id is 'The run that first saw it there.';

create table listings (
    url varchar primary key,
    etag varchar,
    last_modified varchar,
    checked_at timestamptz not null
);

comment on table listings is
'One row per feed or listing page, with the validators for the next conditional request.';
comment on column listings.url is 'Canonical address.';
comment on column listings.etag is 'Its ETag, verbatim.';
comment on column listings.last_modified is 'Its Last-Modified, verbatim.';
comment on column listings.checked_at is 'When the wire was last asked for it.';

create table providers (
    provider_code varchar primary key,
    name varchar not null
);

comment on table providers is 'One row per provider whose spelling is settled; a seed.';
comment on column providers.provider_code is 'First six digits of the closing token.';
comment on column providers.name is 'The one spelling that articles carry.';

create table id_dates (
    article_id bigint primary key,
    published_at timestamptz not null,
    is_approximate boolean not null
);

comment on table id_dates is
'One row per story whose date is known from elsewhere: the calibration of ids; a seed.';
comment on column id_dates.article_id is 'The story.';
comment on column id_dates.published_at is 'Noon UTC of its day.';
comment on column id_dates.is_approximate is 'Whether only its month or year is known.';

create table id_days (
    published_date date not null,
    article_id bigint not null,
    published_at timestamptz not null,
    story_count bigint not null
);

comment on table id_days is
'One row per day with stories that a page, feed or token dates: refines id_dates at every load.';
comment on column id_days.published_date is 'The day (UTC).';
comment on column id_days.article_id is 'Median id of its stories.';
comment on column id_days.published_at is
'Median of their times; where only the token dates a story, noon of its day on the wire''s clock.';
comment on column id_days.story_count is 'How many they are.';

create table applied_files (
    path varchar primary key,
    sha256 varchar not null,
    applied_at timestamptz not null
);

comment on table applied_files is
'One row per seed or view file of sql/, as it was last applied to this warehouse.';
comment on column applied_files.path is 'The file, relative to sql/.';
comment on column applied_files.sha256 is 'Hexadecimal SHA-256 of the file.';
comment on column applied_files.applied_at is 'When.';
