-- The tables and views of the warehouse with their comments. Made by `make schema` from a migrated
-- warehouse; a test fails when it is stale. To change the schema, add a file to sql/migrations.

-- One row per rule that opens alerts, with its default thresholds (seed); sql/alerts measures it.
create table alert_rules (
    -- Its name, as in alerts.rule and in WIREHOUSE_ALERT_THRESHOLDS.
    rule varchar primary key,
    -- The value from which on an alert is open.
    warning_threshold double not null,
    -- The value from which on it is critical; null where it never is.
    critical_threshold double,
    -- Whether smaller values are worse, as of the days until the disk is full.
    is_minimum boolean not null,
    -- What the value counts.
    unit varchar not null,
    -- What is wrong, in one line.
    meaning varchar not null,
    -- What to do.
    advice varchar not null
);

-- One row per alert: opened once, closed when its rule no longer finds it, and kept.
create table alerts (
    -- Its number, from 1.
    alert_id bigint primary key,
    -- The rule that opened it, in alert_rules.
    rule varchar not null,
    -- What it is about: a feed, a provider, or what the rule measures.
    subject varchar not null,
    -- warning or critical, as it was last seen.
    severity varchar not null,
    -- When its rule found it first.
    opened_at timestamptz not null,
    -- When its rule no longer found it; null while it is open.
    closed_at timestamptz,
    -- When its rule last found it.
    last_seen_at timestamptz not null,
    -- What was measured then, in the unit of its rule.
    value double not null,
    -- What was found then, in one line.
    detail varchar not null,
    -- The run at whose end it was opened.
    run_id varchar not null
);

-- One row per story and spell of a text: a text that is taken back and comes again has two.
create table article_versions (
    -- The story.
    article_id bigint not null,
    -- Its number in the order of valid_from, from 1.
    version integer not null,
    -- The headline of this text.
    title varchar not null,
    -- The main text.
    body varchar not null,
    -- Hexadecimal SHA-256 of the body in UTF-8.
    body_sha256 varchar not null,
    -- When the story was published, from the best source for this text.
    published_at timestamptz not null,
    -- The first capture of the spell.
    capture_id varchar not null,
    -- When that capture was fetched.
    seen_at timestamptz not null,
    -- When the text was first seen in this spell; the same as seen_at.
    valid_from timestamptz not null,
    -- When another text was first seen in its place; null while it stands. Equal to valid_from for
    -- an imported text that claims to be newer than what the site gave.
    valid_to timestamptz
);

-- One row per response of the site; each is archived in a WARC file.
create table captures (
    -- The UUID of the WARC response record.
    capture_id varchar not null,
    -- The requested address in canonical form.
    url varchar not null,
    -- The story requested; null for listings and robots.txt.
    article_id bigint,
    -- When the response was complete.
    fetched_at timestamptz not null,
    -- HTTP status.
    status integer not null,
    -- The Content-Type header as sent.
    content_type varchar,
    -- Length of the body as sent, before content decoding.
    body_bytes bigint not null,
    -- Hexadecimal SHA-256 of the body as sent.
    payload_sha256 varchar not null,
    -- The WARC file, relative to the data folder.
    warc_path varchar not null,
    -- Byte at which the record starts in that file.
    warc_offset bigint not null,
    -- The run that requested it.
    run_id varchar not null,
    -- The ETag header, verbatim.
    etag varchar,
    -- The Last-Modified header, verbatim.
    last_modified varchar,
    -- When an imported WARC record says that it was fetched; null for a response of the site.
    claimed_at timestamptz
);

-- One row per currency that its central bank keeps at a fixed rate to the US dollar (seed).
create table currency_rates (
    -- ISO 4217 code.
    currency varchar primary key,
    -- Units of the currency for one US dollar.
    units_per_usd decimal(12, 6) not null
);

-- One row per feed and poll that shares no story with the poll before it, so that stories may have
-- passed through the feed unseen. Their ids lie in the gap, among those of other feeds.
create table feed_gaps (
    -- Canonical address of the feed.
    feed_url varchar not null,
    -- The id after the newest of the poll before.
    first_id bigint not null,
    -- The id before the oldest new one of the poll.
    last_id bigint not null,
    -- When the feed was polled before.
    previous_polled_at timestamptz not null,
    -- When it was polled and shared no story with the poll before.
    detected_at timestamptz not null,
    -- The run that polled it.
    run_id varchar not null,
    -- Ids of the gap that a listing showed, or that were requested and got a response.
    resolved_count bigint not null,
    -- Stories of the gap that are in articles only because they were requested by id.
    recovered_count bigint not null,
    -- When the last of its ids was resolved; null while the gap is open.
    closed_at timestamptz,
    -- recovered (requests by id found stories) or nothing-missed; null while the gap is open.
    outcome varchar
);

-- One row per story and feed or listing page that shows it.
create table listing_entries (
    -- The story.
    article_id bigint not null,
    -- Canonical address of the feed or listing page.
    listing_url varchar not null,
    -- The story's canonical address, as linked there.
    url varchar not null,
    -- The feed's country or the listing's section.
    section varchar not null,
    -- The headline printed there.
    title varchar,
    -- The date given there.
    published_at timestamptz,
    -- When it was first seen there.
    seen_at timestamptz not null,
    -- When it was last seen there.
    last_seen_at timestamptz not null,
    -- The listing's capture that first had it.
    capture_id varchar not null,
    -- The run that first saw it there.
    run_id varchar not null
);

-- One row per message on an alert: sent, or tried and to be sent after the next run.
create table ops.alert_messages (
    -- The alert.
    alert_id bigint not null,
    -- webhook or email.
    channel varchar not null,
    -- What it says: that the alert is open as warning or critical, or closed.
    event varchar not null,
    -- When it was last tried.
    tried_at timestamptz not null,
    -- When the receiver took it; null where none has taken it yet.
    sent_at timestamptz
);

-- One row per article: the text that its mentions and figures are of, and what found them.
create table ops.annotation_stamps (
    -- The story.
    article_id bigint not null,
    -- Hexadecimal SHA-256 of title, line break and body in UTF-8.
    text_sha256 varchar not null,
    -- Name and version of the recogniser, as in mentions.recogniser; "none" without one.
    recogniser varchar not null,
    -- Version of the rules that found the figures; 0 without them.
    figures_version integer not null,
    -- The code points of the body, from 0, at which its sentences start; null in rows of earlier
    -- versions.
    sentence_starts integer[]
);

-- One row per seed or view file of sql/, as it was last applied to this warehouse.
create table ops.applied_files (
    -- The file, relative to sql/.
    path varchar primary key,
    -- Hexadecimal SHA-256 of the file.
    sha256 varchar not null,
    -- When.
    applied_at timestamptz not null
);

-- One row per sum of money, percentage, ticker or date that an article's current text prints.
create table ops.article_figures (
    -- The story.
    article_id bigint not null,
    -- Which text: title or body.
    part varchar not null,
    -- First code point of the figure in that text, counted from 0.
    start_char integer not null,
    -- One past its last code point.
    end_char integer not null,
    -- The figure as printed.
    surface varchar not null,
    -- money, percentage, ticker or date.
    kind varchar not null,
    -- Units of the currency, or percentage points, as printed; null for tickers and dates.
    amount decimal(38, 6),
    -- ISO 4217 code of a sum of money; null where the text leaves it open, as with plain dinars.
    currency varchar,
    -- The exchange as the ticker names it; null where it names none.
    exchange varchar,
    -- The share's code at the exchange.
    symbol varchar,
    -- The day of a date, or the first day of its month, quarter, half or year, resolved by the
    -- story's day and by what the text says of it.
    day date,
    -- How much of day is meant: day, month, quarter, half or year.
    precision varchar,
    -- Number of the range, within the article, of which the figure is an end; null where it is
    -- none.
    range_id integer,
    -- The organisation named right before a ticker, as in mentions; null where there is none.
    entity_id varchar,
    -- The sentence it is in, of the body from 1; 0 in the title; null in rows of earlier versions.
    sentence_number integer
);

-- One row per article and topic of its current text; main.article_topics has its name.
create table ops.article_topics (
    -- The article.
    article_id bigint not null,
    -- The topic.
    topic_code varchar not null,
    -- The sum of the weights of the terms that the text has, more for a term that recurs.
    score decimal(9, 1) not null
);

-- One row per story id, with its newest text.
create table ops.articles (
    -- The 10-digit story id in the address.
    article_id bigint not null,
    -- Canonical address: https://menafn.com/<id>/<slug>, with /arabic before the id for Arabic.
    url varchar not null,
    -- ISO 639-1 code of the text.
    language varchar not null,
    -- The headline as printed on the page.
    title varchar not null,
    -- Main text, paragraphs separated by one newline; no credit, token, disclaimer or other
    -- stories.
    body varchar not null,
    -- Who provided the story, one spelling per provider; MENAFN for the site's own news.
    provider varchar not null,
    -- Code of the provider: the first six digits after the date in menafn_token.
    provider_code varchar,
    -- Code of the account that filed the story: the next six digits in menafn_token.
    account_code varchar,
    -- The token that closes the page, such as MENAFN12082025000071011013ID1109916091: day, month
    -- and year, provider, account, story id.
    menafn_token varchar,
    -- When the story was published, from the best source with a possible date; see
    -- published_at_basis.
    published_at timestamptz not null,
    -- Source of published_at, best first: page, feed, token, article_id (estimated from the id).
    published_at_basis varchar not null,
    -- Words of the body: maximal runs of letters, digits and inner marks.
    word_count integer not null,
    -- Hexadecimal SHA-256 of the body in UTF-8.
    body_sha256 varchar not null,
    -- Number of this text among the story's distinct texts in the order they were first seen, from
    -- 1.
    version integer not null,
    -- The smallest article_id among the stories with the same text; its own where there is no
    -- other.
    cluster_id bigint not null,
    -- Address of the story's picture; null for placeholders.
    image_url varchar,
    -- When the story was first seen, on a listing or as a page.
    first_seen_at timestamptz not null,
    -- When a response of the site last confirmed this text: the same text again, or status 304.
    last_seen_at timestamptz not null,
    -- The capture that this row was extracted from.
    capture_id varchar not null,
    -- The run that extracted it.
    run_id varchar not null,
    -- Versions of the extractor, the page layout and the extraction library.
    extractor_version varchar not null,
    -- The provider as the dateline credit prints it, null without a credit.
    provider_printed varchar,
    -- Place of the agency's own dateline.
    dateline_place varchar,
    -- Day of the agency's own dateline.
    dateline_date date,
    -- Who wrote the story: the bare name, without the "By" before it.
    byline varchar,
    -- Whether the picture is one of the site's stock pictures.
    is_stock_image boolean not null,
    -- Defects of the text that were detected and left as they are, as slugs.
    text_defects varchar[] not null,
    -- When the story was published by the time printed on the page.
    page_at timestamptz,
    -- The same by the first feed that gave a date.
    feed_at timestamptz,
    -- Start of the day in menafn_token, in the site's time zone.
    token_at timestamptz,
    -- When the site last responded for this story, whatever the status.
    last_checked_at timestamptz not null,
    -- Whether the text came from an imported WARC record, because the site has given none; null in
    -- rows of earlier versions, which did not note it.
    is_imported boolean,
    -- The first story on the same happening, by its article_id; its own where there is no other.
    event_id bigint
);

-- One row per city of the region, or of 50,000 inhabitants elsewhere (seed; GeoNames, CC BY 4.0).
create table ops.city_coordinates (
    -- Its id, as in entities.
    entity_id varchar not null,
    -- Its id at geonames.org.
    geoname_id integer not null,
    -- Degrees north.
    latitude double not null,
    -- Degrees east.
    longitude double not null
);

-- One row per full name of a person, organisation or place; main.entities has one row per entity.
create table ops.entities (
    -- Stable id: the type that its articles give it, and a digest of the canonical name.
    entity_id varchar not null,
    -- person, organization or place: what most uses of its name are, whatever its id says.
    type varchar not null,
    -- Its fullest name in first_article_id, or its name in the gazetteers.
    name varchar not null,
    -- ISO 3166-1 alpha-2, where one applies; of a person the country that tells namesakes apart.
    country_code varchar,
    -- When the first article that names it was fetched.
    first_seen_at timestamptz not null,
    -- The entity that it counts as: its own id unless evidence or a decision merged it with
    -- another.
    canonical_id varchar,
    -- The smallest story id that has named it; merged entities count as the one with the smallest.
    first_article_id bigint
);

-- One row per pair of entities that may be the same; wirehouse entities merge or split decides.
create table ops.entity_candidates (
    -- One of them; the id that sorts first.
    entity_id varchar not null,
    -- The other one.
    other_id varchar not null,
    -- Why they may be one.
    evidence varchar not null,
    -- When both had been seen: the first_seen_at of the later one.
    found_at timestamptz not null
);

-- One row per person of person_profiles and article whose current text names it.
create table ops.entity_contexts (
    -- The story.
    article_id bigint not null,
    -- The person.
    entity_id varchar not null,
    -- Countries the article is about, as country:KW, and organisations in sentences with the
    -- person.
    companions varchar[] not null
);

-- One row per pair decided by wirehouse entities merge or split; a rebuild keeps it.
create table ops.entity_decisions (
    -- One entity; after a merge it counts as the other.
    entity_id varchar not null,
    -- The other one.
    other_id varchar not null,
    -- merge (they are one) or split (they are two).
    decision varchar not null,
    -- When.
    decided_at timestamptz not null
);

-- One row per pair of articles that are so much alike in names, numbers and words that they are on
-- one happening.
create table ops.event_pairs (
    -- The smaller article_id.
    first_id bigint not null,
    -- The greater one.
    second_id bigint not null
);

-- One row per article, with what it is compared by to find other stories on the same happening.
create table ops.event_traits (
    -- The article.
    article_id bigint not null,
    -- When it was published.
    published_at timestamptz not null,
    -- ISO 639-1 code of its text.
    language varchar not null,
    -- The full names in its text, as ids, and its numbers, as #3.5: the same in every language.
    traits varchar[] not null,
    -- The terms of its title and first paragraph.
    words varchar[] not null
);

-- One row per feed and poll that showed stories: an unchanged, empty or broken feed has none.
create table ops.feed_polls (
    -- Canonical address of the feed.
    feed_url varchar not null,
    -- When its response was complete.
    polled_at timestamptz not null,
    -- The stories that it showed, the smallest id first.
    article_ids bigint[] not null,
    -- The capture of the response.
    capture_id varchar not null,
    -- The run that polled it.
    run_id varchar not null,
    -- What had to be repaired to read the feed, such as an undefined entity; null for well-formed
    -- XML.
    repair varchar
);

-- One row per story whose date is known from another source: fixed points of the calibration of ids
-- (seed).
create table ops.id_anchors (
    -- The story.
    article_id bigint primary key,
    -- Noon UTC of its day.
    published_at timestamptz not null,
    -- Whether only its month or year is known.
    is_approximate boolean not null
);

-- One row per day with stories that a page, feed or token dates: refines id_anchors at every load.
create table ops.id_day_medians (
    -- The day (UTC).
    published_date date not null,
    -- Median id of its stories.
    article_id bigint not null,
    -- Median of their times; where only the token dates a story, noon of its day in the site's time
    -- zone.
    published_at timestamptz not null,
    -- How many they are.
    story_count bigint not null
);

-- One row per organisation of the gazetteer, named by stories or not (seed).
create table ops.known_organisations (
    -- Its name, as in entities.
    name varchar primary key,
    -- What it is, such as central bank or airline.
    kind varchar,
    -- Exchange and code of its share.
    ticker varchar,
    -- Its Arabic name.
    name_ar varchar
);

-- One row per feed or listing page, with the validators for the next conditional request.
create table ops.listing_validators (
    -- Canonical address.
    url varchar primary key,
    -- Its ETag, verbatim.
    etag varchar,
    -- Its Last-Modified, verbatim.
    last_modified varchar,
    -- When the site last responded to a request for it.
    checked_at timestamptz not null
);

-- One row per batch that was loaded, with its counts.
create table ops.loads (
    -- The batch: the run that staged it and its number.
    batch_id varchar primary key,
    -- The run that loaded it, which may be a later one.
    run_id varchar not null,
    -- When.
    loaded_at timestamptz not null,
    -- Stories listed in it.
    discovered bigint not null,
    -- Responses for stories in it, other than 304 (not modified).
    fetched bigint not null,
    -- Responses 304 (not modified) for stories in it.
    not_modified bigint not null,
    -- Articles extracted in it.
    extracted bigint not null,
    -- Articles that were new.
    inserted bigint not null,
    -- Articles whose row it replaced.
    updated bigint not null,
    -- Articles extracted in it that left the story's row as it was.
    unchanged bigint not null,
    -- Rejects in it, those of the load included.
    rejected bigint not null,
    -- Mentions stored from it.
    mentions bigint not null,
    -- Articles extracted in it from pages of an unknown layout.
    unknown_layout bigint not null
);

-- One row per run and quantity that it measured on its way.
create table ops.measurements (
    -- The run.
    run_id varchar not null,
    -- seconds of a stage, such as seconds:load; disk_free_bytes; or clock_skew_seconds.
    name varchar not null,
    -- How much; the skew is by how much this clock is ahead of the site.
    value double not null,
    -- When the run ended.
    measured_at timestamptz not null
);

-- One row per name in the current text of an article.
create table ops.mentions (
    -- The story.
    article_id bigint not null,
    -- What is named; entities.canonical_id says what that counts as.
    entity_id varchar not null,
    -- Which text it is in: title or body.
    part varchar not null,
    -- First code point of the name in that text, from 0.
    start_char integer not null,
    -- One past its last code point.
    end_char integer not null,
    -- The name as printed.
    surface varchar not null,
    -- Name and version of the recogniser that found it.
    recogniser varchar not null,
    -- How the printed name relates to the full one: exact, transliteration, short, acronym or table
    -- (another name in the gazetteers); null in rows loaded before version 0.2.0.
    form varchar,
    -- The role printed next to a person's name, such as Prime Minister; null without one.
    role varchar,
    -- The sentence it is in, of the body from 1; 0 in the title; null in rows of earlier versions.
    sentence_number integer
);

-- One row per migration that was applied; they only go forward.
create table ops.migrations (
    -- The number its file name starts with.
    version integer primary key,
    -- The file's name.
    name varchar not null,
    -- Hexadecimal SHA-256 of the file as it was applied.
    sha256 varchar not null,
    -- When.
    applied_at timestamptz not null
);

-- One row per story and hash of its opening; stories that share hashes may be duplicates.
create table ops.minhash_bands (
    -- A hash of a part of the opening's MinHash.
    band_hash bigint not null,
    -- The story.
    article_id bigint not null,
    -- Day (UTC) on which it was published.
    published_date date not null
);

-- One row per printed name of the mentions: which type its uses have, each by its own article.
create table ops.name_uses (
    -- The name in lower case.
    name varchar not null,
    -- Uses for a person.
    person_count bigint not null,
    -- Uses for an organisation.
    organization_count bigint not null,
    -- Uses for a place.
    place_count bigint not null,
    -- Uses for a person with a role beside the name.
    titled_count bigint not null
);

-- One row per capture of a page that gave a text.
create table ops.observations (
    -- The story.
    article_id bigint not null,
    -- The capture.
    capture_id varchar not null,
    -- When it was fetched.
    seen_at timestamptz not null,
    -- Hexadecimal SHA-256 of the title, a newline and body_sha256.
    text_sha256 varchar not null,
    -- When the story was published, from the best source for this capture.
    published_at timestamptz not null,
    -- Whether it is an imported WARC record.
    is_imported boolean not null
);

-- One row per person whose name has two parts or more: what a load compares it by.
create table ops.person_profiles (
    -- The person.
    entity_id varchar not null,
    -- Sounds of the first and the last part of the name; only persons that share it are compared.
    block_key varchar not null,
    -- The parts that tell people apart; given names by their number in the table of spellings.
    parts varchar[] not null,
    -- Those of entity_contexts that are in a tenth of its articles or more.
    companions varchar[] not null,
    -- Its rows in entity_contexts.
    article_count bigint,
    -- Companions whose articles are counted: all, or of very many the most frequent ones.
    counted_companions varchar[],
    -- In how many of its articles each of those is, at least.
    companion_counts bigint[],
    -- In how many more each of those may be, from before it was counted.
    companion_doubts bigint[],
    -- In how many of its articles any other companion is at most.
    unlisted_count bigint
);

-- One row per quotation with a certain speaker in the current text of an article.
create table ops.quotes (
    -- The story.
    article_id bigint not null,
    -- Its number in the story, from 1.
    quote_number integer not null,
    -- First code point of the words in the body, from 0.
    start_char integer not null,
    -- One past their last code point.
    end_char integer not null,
    -- The words as printed.
    surface varchar not null,
    -- The sentence in which they start, from 1.
    sentence_number integer not null,
    -- Who speaks, as printed.
    speaker varchar not null,
    -- The full name that the speaker stands for, in ops.entities; null where it was not recognised.
    entity_id varchar
);

-- One row per term and article whose current text has it; the macro search reads it.
create table ops.search_terms (
    -- The term, as tokenise() gives it.
    term varchar not null,
    -- The article.
    article_id bigint not null,
    -- The places of the term, in order: from 1 in the body, and up to -1, the last, in the title.
    positions integer[] not null
);

-- One row per term and the topic that it is a sign of (seed).
create table ops.topic_terms (
    -- The topic.
    topic_code varchar not null,
    -- The term: one word or some, as tokenise() gives them, a blank between, that stand so in a
    -- text.
    term varchar not null,
    -- How strong a sign it is: 1 weak to 6 certain; less than 0 against the topic.
    weight integer not null
);

-- One row per feed and listing: when a scheduled run polls it next, as of the end of the last run.
create table poll_schedule (
    -- Canonical address of the feed, or of the listing's first page.
    listing_url varchar primary key,
    -- When the site last gave it, changed or not; null before that, or after four weeks without.
    polled_at timestamptz,
    -- When it is due next; null for at once, where no poll of it is known.
    due_at timestamptz,
    -- How many stories it holds, by the last poll that showed any.
    story_count bigint,
    -- How many of them the last poll showed for the first time.
    new_count bigint
);

-- One row per provider with a settled spelling (seed).
create table providers (
    -- As in articles.provider_code.
    provider_code varchar primary key,
    -- The spelling in articles.provider.
    name varchar not null
);

-- One row per reason in rejects, with its meaning (seed).
create table reject_reasons (
    -- The slug, as in rejects.reason.
    reason varchar primary key,
    -- missing (the site has no such story), no-story (a response without a story in it), forbidden,
    -- unreadable (a response that can't be read), inconsistent (a story that contradicts itself),
    -- transient (it is requested again) or listing (rejected before any story was known).
    reason_group varchar not null,
    -- What it means, in one line.
    meaning varchar not null
);

-- One row per run and page, feed, listing or address that could not be used.
create table rejects (
    -- Its canonical address.
    url varchar not null,
    -- The story it is or claims to be, where known.
    article_id bigint,
    -- Where it was rejected: discover, fetch, read or load.
    stage varchar not null,
    -- Why: a slug from the closed list in reject_reasons.
    reason varchar not null,
    -- Details in one line.
    detail varchar not null,
    -- The run that rejected it.
    run_id varchar not null,
    -- When it was rejected; at stage fetch, when its last response was complete.
    rejected_at timestamptz not null
);

-- One row per run; its counts are sums over the batches it loaded.
create table runs (
    -- Sortable id: the start in UTC and six random hexadecimal digits.
    run_id varchar primary key,
    -- Name of the flow: ingest, backfill, rebuild or rebuild-entities.
    flow varchar not null,
    -- When it started.
    started_at timestamptz not null,
    -- When it ended; null while it runs.
    finished_at timestamptz,
    -- running, completed, degraded (published, though most of one kind of address gave nothing) or
    -- failed.
    status varchar not null,
    -- Stories shown by feeds and listings.
    discovered bigint not null,
    -- Responses for stories, other than 304 (not modified).
    fetched bigint not null,
    -- Responses 304 (not modified) for stories.
    not_modified bigint not null,
    -- Pages that an article was extracted from.
    extracted bigint not null,
    -- Stories that are new in the warehouse.
    inserted bigint not null,
    -- Stories whose row was replaced by a newer text or extraction.
    updated bigint not null,
    -- Extracted pages that left the story's row as it was.
    unchanged bigint not null,
    -- Pages, feeds, listings and addresses that could not be used.
    rejected bigint not null,
    -- Mentions stored.
    mentions bigint not null,
    -- Seconds from start to end.
    seconds double,
    -- Why it is failed or degraded, in one line.
    detail varchar,
    -- The base URL that was requested as the site; a local one means invented or replayed stories.
    base_url varchar not null,
    -- The time zone in which the run read the site's printed times.
    timezone varchar not null,
    -- Seconds it took to publish the readers' copy; null in that copy until the next one.
    publish_seconds double
);

-- One row per story deleted by wirehouse forget; nothing else of it is kept.
create table tombstones (
    -- The story.
    article_id bigint primary key,
    -- When its deletion was first requested.
    forgotten_at timestamptz not null,
    -- Why, in the operator's words; empty where none was given.
    reason varchar not null,
    -- When the last trace of it was erased from the files; null while that is unfinished.
    erased_at timestamptz
);

-- One row per subject of the top level of IPTC Media Topics (seed; IPTC, CC BY 4.0).
create table topics (
    -- Its code, such as medtop:15000000.
    topic_code varchar primary key,
    -- Its English name, such as sport.
    name varchar not null
);

-- The view article_changes, sql/views/article_changes.sql.
-- One row per story and version after the first: what changed since the version before.
--     article_id bigint: The story.
--     version integer: The version that brought the change.
--     seen_at timestamptz: When it was first seen.
--     old_title varchar: The headline before.
--     new_title varchar: The headline since.
--     added_paragraphs varchar[]: Paragraphs that the version before lacks, in their order; a
--         reworded one is added and removed.
--     removed_paragraphs varchar[]: Paragraphs of the version before that are gone, in their order.

-- The view article_figures, sql/views/article_figures.sql.
-- One row per sum of money, percentage, ticker or date that an article's current text prints.
--     article_id bigint: The story.
--     part varchar: Which text: title or body.
--     start_char integer: First code point of the figure in that text, counted from 0.
--     end_char integer: One past its last code point.
--     surface varchar: The figure as printed.
--     kind varchar: money, percentage, ticker or date.
--     amount decimal(38, 6): Units of the currency, or percentage points, as printed; null for
--         tickers and dates.
--     currency varchar: ISO 4217 code of a sum of money; null where the text leaves it open, as
--         with plain dinars.
--     exchange varchar: The exchange as the ticker names it; null where it names none.
--     symbol varchar: The share's code at the exchange.
--     day date: The day of a date, or the first day of its month, quarter, half or year, resolved
--         by the story's day and by what the text says of it.
--     precision varchar: How much of day is meant: day, month, quarter, half or year.
--     range_id integer: Number of the range, within the article, of which the figure is an end;
--         null where it is none.
--     entity_id varchar: The organisation named right before a ticker, in entities; null where
--         there is none.
--     amount_usd decimal(38, 2): The sum in US dollars, by currency_rates; null for currencies
--         without a fixed rate.
--     sentence_number integer: The sentence it is in, see sentences; null until wirehouse rebuild
--         --entities has numbered it.

-- The view article_sections, sql/views/article_sections.sql.
-- One row per story, section that it was seen in, and kind of list (feed or listing).
--     article_id bigint: The story; it is not in articles before its page was loaded, or if that
--         can't be used.
--     section varchar: The feed's country or the listing's section, as its address names it.
--     kind varchar: Where it was seen: feed or listing.
--     first_seen_at timestamptz: When it was first seen there.

-- The view article_topics, sql/views/article_topics.sql.
-- One row per story and subject of its current text, at most three a story, found by the weights of
-- the terms that the text has. On 313 invented stories, 86 of them Arabic, the mean F1 of the
-- topics is 0.86: religion, education and arts are found best, lifestyle, economy and human
-- interest worst. No real copy was labelled, which is longer and less plain: expect less of it.
--     article_id bigint: The story.
--     topic_code varchar: The code of IPTC Media Topics, such as medtop:15000000.
--     topic varchar: Its name, as in topics.
--     score decimal(9, 1): The sum of the weights of the terms that the text has; it grows with the
--         length of the text.

-- The view articles, sql/views/articles.sql.
-- One row per story id, with its newest text.
--     article_id bigint: The 10-digit story id in the address.
--     url varchar: Canonical address: https://menafn.com/<id>/<slug>, with /arabic before the id
--         for Arabic.
--     language varchar: ISO 639-1 code of the text.
--     title varchar: The headline as printed on the page.
--     body varchar: Main text, paragraphs separated by one newline; no credit, token, disclaimer or
--         other stories.
--     provider varchar: Who provided the story, one spelling per provider; MENAFN for the site's
--         own news.
--     provider_code varchar: Code of the provider: the first six digits after the date in
--         menafn_token.
--     account_code varchar: Code of the account that filed the story: the next six digits in
--         menafn_token.
--     menafn_token varchar: The token that closes the page, such as
--         MENAFN12082025000071011013ID1109916091: day, month and year, provider, account, story id.
--     published_at timestamptz: When the story was published, from the best source with a possible
--         date; see published_at_basis.
--     published_at_basis varchar: Source of published_at, best first: page, feed, token, article_id
--         (estimated from the id).
--     word_count integer: Words of the body: maximal runs of letters, digits and inner marks.
--     body_sha256 varchar: Hexadecimal SHA-256 of the body in UTF-8.
--     version integer: Number of this text among the story's distinct texts in the order they were
--         first seen, from 1.
--     cluster_id bigint: The smallest article_id among the stories with the same text; its own
--         where there is no other.
--     image_url varchar: Address of the story's picture; null for placeholders.
--     first_seen_at timestamptz: When the story was first seen, on a listing or as a page.
--     last_seen_at timestamptz: When a response of the site last confirmed this text: the same text
--         again, or status 304.
--     capture_id varchar: The capture that this row was extracted from.
--     run_id varchar: The run that extracted it.
--     extractor_version varchar: Versions of the extractor, the page layout and the extraction
--         library.
--     published_date date: Its day (UTC).
--     lead varchar: The first paragraph, cut after forty words.
--     sections varchar[]: The sections of the feeds and listings that showed it, sorted; see
--         article_sections.
--     topics varchar[]: What it is about, best first, at most three of the names in topics; empty
--         where its words don't tell; see article_topics.
--     version_count bigint: How many texts it has had; article_versions has them.
--     reading_minutes integer: Minutes to read the body, at 238 words a minute.
--     provider_printed varchar: The provider as the dateline credit prints it, null without a
--         credit.
--     dateline_place varchar: Place of the agency's own dateline.
--     dateline_date date: Day of the agency's own dateline.
--     byline varchar: Who wrote the story: the bare name, without the "By" before it.
--     is_stock_image boolean: Whether the picture is one of the site's stock pictures.
--     text_defects varchar[]: Defects of the text that were detected and left as they are, as
--         slugs.
--     page_at timestamptz: When the story was published by the time printed on the page.
--     feed_at timestamptz: The same by the first feed that gave a date.
--     token_at timestamptz: Start of the day in menafn_token, in the site's time zone.
--     last_checked_at timestamptz: When the site last responded for this story, whatever the
--         status.
--     is_imported boolean: Whether the text came from an imported WARC record, because the site has
--         given none; null in rows of earlier versions, which did not note it.
--     event_id bigint: The first story on the same happening, by its article_id; its own where
--         there is no other.

-- The view check_findings, sql/views/check_findings.sql.
-- One row per run and check of sql/checks whose claim did not hold when the run ended.
--     run_id varchar: The run, in runs.
--     check_name varchar: The claim: RUNBOOK.md says what to do about each.
--     severity varchar: fail: nothing was published; warn: a person should look.
--     row_count bigint: Rows that break the claim.
--     found_at timestamptz: When the run ended.

-- The view coverage_by_day, sql/views/coverage_by_day.sql.
-- One row per day: how many story ids it has, and what became of them. id_count is the sum of the
-- loaded, pending, rejected, missing, deleted and unrequested.
--     published_date date: The day (UTC) on which the ids were assigned, by the calibration of ids;
--         good to about a day.
--     first_id bigint: The oldest of its ids.
--     last_id bigint: The newest of its ids.
--     id_count bigint: How many they are; of the first and the last day only those within
--         id_sequence.
--     listed_count bigint: Ids that a feed or listing showed.
--     loaded_count bigint: Ids whose story is in articles.
--     pending_count bigint: Ids still to be requested, or requested again after a transient error.
--     rejected_count bigint: Ids whose response was not usable: the sum of the next four counts;
--         see reject_reasons.
--     no_story_count bigint: Rejected: the response had no story.
--     forbidden_count bigint: Rejected: robots.txt or the site forbids it.
--     inconsistent_count bigint: Rejected: the page contradicts itself or its address.
--     unreadable_count bigint: Rejected: the response can't be read.
--     missing_count bigint: Ids without a story, by the site's response.
--     deleted_count bigint: Ids of stories that were taken down.
--     unrequested_count bigint: Ids that no listing showed and that were never requested; see
--         unrequested_ranges.
--     loaded_share double: Loaded ids as a share, 0 to 1, of those that may have a story: all but
--         missing and no-story.

-- The view date_evidence, sql/views/date_evidence.sql.
-- One row per story: its date by each source, to find out why a date is wrong.
--     article_id bigint: The story.
--     published_at timestamptz: The date in articles.
--     published_at_basis varchar: The source of that date: page, feed, token or article_id.
--     page_at timestamptz: The time printed on the page.
--     feed_at timestamptz: The time in the first feed that dated the story.
--     token_at timestamptz: Start of the day in menafn_token, in the site's time zone.
--     id_at timestamptz: The estimate from the id by today's calibration; published_at keeps the
--         one of its load.
--     dateline_date date: The day in the agency's own dateline.
--     site_date date: The site's day for it: the token's, else the page's, else the feed's.
--     page_days bigint: Days from site_date to the page's day; 0 is right.
--     feed_days bigint: Days from site_date to the feed's day.
--     dateline_days bigint: Days from site_date to the dateline's; 0 and 1 are right: agencies lie
--         east of the site.
--     id_days double: Days from id_at to published_at.

-- The view entities, sql/views/entities.sql.
-- One row per person, organisation or place, whatever its names.
--     entity_id varchar: Stable id: the type and a digest of the canonical name.
--     type varchar: person, organization or place.
--     name varchar: Its canonical name; entity_names and entity_aliases have others.
--     country_code varchar: ISO 3166-1 alpha-2 of a place or organisation, where one applies; null
--         for persons.
--     first_seen_at timestamptz: When the first article that names it was fetched.
--     context_country varchar: Of a person, the country of the stories that name it: it tells
--         namesakes apart and is no nationality.
--     geoname_id integer: Of a city, its id at geonames.org; null for others.
--     latitude double: Of a city, degrees north.
--     longitude double: Of a city, degrees east.
--     kind varchar: What an organisation of the gazetteer is, such as central bank or airline; null
--         for others.
--     ticker varchar: Exchange and code of its share, such as TADAWUL:2222; null where the
--         gazetteer has none.
--     name_ar varchar: Arabic name of an organisation of the gazetteer.
--     first_article_id bigint: The smallest story id that has named it.
--     name_count bigint: How many full names it has; see entity_names.

-- The view entity_aliases, sql/views/entity_aliases.sql.
-- One row per person, organisation or place and name under which current texts print it.
--     alias varchar: The name as printed.
--     entity_id varchar: Whose it is, in entities.
--     kind varchar: exact (its own name), transliteration (another spelling), short, acronym or
--         table (another name).
--     mention_count bigint: How often it is printed.
--     article_count bigint: In how many articles.
--     first_article_id bigint: The smallest story id that prints it.
--     name_ids varchar[]: The full names that it is printed for, in entity_names.

-- The view entity_articles, sql/views/entity_articles.sql.
-- One row per person, organisation or place and article that names it.
--     entity_id varchar: Who or what is named, in entities.
--     type varchar: person, organization or place.
--     name varchar: Its name.
--     article_id bigint: The story.
--     cluster_id bigint: The smallest id of the same story, so that copies can be counted once.
--     published_at timestamptz: When the story was published.
--     title varchar: The story's headline.
--     mention_count bigint: How often the story names it.
--     is_in_title boolean: Whether the headline names it.
--     role varchar: The first role printed next to a person's name there; null without one.

-- The view entity_mentions_by_day, sql/views/entity_mentions_by_day.sql.
-- One row per person, organisation or place and day on which stories name it.
--     entity_id varchar: Who or what, in entities.
--     type varchar: person, organization or place.
--     name varchar: Its name.
--     published_date date: The day, in UTC.
--     story_count bigint: Stories of that day that name it, copies under several ids counted once.
--     article_count bigint: The same, each copy counted.
--     mention_count bigint: How often they name it.

-- The view entity_names, sql/views/entity_names.sql.
-- One row per full name of a person, organisation or place; several may be of one entity.
--     name_id varchar: Stable id: the type and a digest of the name; wirehouse entities merge and
--         split take it.
--     entity_id varchar: Whose name it is, in entities: its own id unless evidence or a decision
--         merged it with another.
--     type varchar: person, organization or place.
--     name varchar: The fullest name in first_article_id, or the name in the gazetteers.
--     context_country varchar: ISO 3166-1 alpha-2: of a person the country of the stories, which
--         tells namesakes apart.
--     first_seen_at timestamptz: When the first article that has it was fetched.
--     first_article_id bigint: The smallest story id that has it.

-- The view entity_pairs, sql/views/entity_pairs.sql.
-- One row per ordered pair of entities that an article names; filter name to see its company.
--     entity_id varchar: One of them, in entities.
--     type varchar: person, organization or place.
--     name varchar: Its name.
--     other_id varchar: The other.
--     other_type varchar: What the other is.
--     other_name varchar: The other's name.
--     story_count bigint: Stories that name both, copies under several ids counted once.
--     article_count bigint: The same, each copy counted.
--     first_published_at timestamptz: When the first of them was published.
--     last_published_at timestamptz: When the last was.
--     article_ids bigint[]: The articles, newest id first.

-- The view events, sql/views/events.sql.
-- One row per happening: the stories on it that follow its first within two days, of any provider
-- and language.
--     event_id bigint: The article_id of its first story; see articles.event_id.
--     first_published_at timestamptz: When its first story was published.
--     last_published_at timestamptz: When its last story was published.
--     story_count bigint: Its stories, copies under several ids counted once.
--     provider_count bigint: How many providers have stories on it.
--     providers varchar[]: Their names, sorted.
--     languages varchar[]: ISO 639-1 codes of its stories, sorted.
--     first_provider varchar: Who had its first story.
--     headline varchar: The headline of its first story.

-- The view exclusives, sql/views/exclusives.sql.
-- One row per person or organisation in two stories or more that no other provider named within two
-- days of the first.
--     entity_id varchar: Who or what, in entities.
--     type varchar: person or organization.
--     name varchar: Its name.
--     article_id bigint: The first story that names it.
--     published_at timestamptz: When it was published.
--     provider varchar: Who provided it.
--     title varchar: Its headline.
--     followed_at timestamptz: When another provider named it, more than two days later; null where
--         none has.
--     story_count bigint: Stories that name it, copies under several ids counted once.

-- The view first_reports, sql/views/first_reports.sql.
-- One row per entity: the first story that names it, by the time of publication, and who followed.
--     entity_id varchar: Who or what, in entities.
--     type varchar: person, organization or place.
--     name varchar: Its name.
--     article_id bigint: The first story.
--     published_at timestamptz: When it was published.
--     provider varchar: Who provided it.
--     title varchar: Its headline.
--     followed_at timestamptz: When another provider first named the entity; null where none has.
--     story_count bigint: Stories that name the entity, copies under several ids counted once.

-- The view mentions, sql/views/mentions.sql.
-- One row per name in the current text of an article.
--     article_id bigint: The story.
--     entity_id varchar: Who or what is named, in entities.
--     part varchar: Which text it is in: title or body.
--     start_char integer: First code point of the name in that text, from 0.
--     end_char integer: One past its last code point.
--     surface varchar: The name as printed.
--     type varchar: person, organization or place.
--     name varchar: The name in entities.
--     form varchar: How the printed name relates to the full one: exact, transliteration, short,
--         acronym or table (another name in the gazetteers); null in rows loaded before version
--         0.2.0.
--     role varchar: The role printed next to a person's name, such as Prime Minister; null without
--         one.
--     name_id varchar: The full name that it stands for; several names may be of one entity, see
--         entity_names.
--     recogniser varchar: Name and version of the recogniser that found it.
--     sentence_number integer: The sentence it is in, see sentences; null until wirehouse rebuild
--         --entities has numbered it.

-- The view new_entities, sql/views/new_entities.sql.
-- One row per entity first named in the seven days up to the newest story, by publication.
--     entity_id varchar: Who or what, in entities.
--     type varchar: person, organization or place.
--     name varchar: Its name.
--     published_date date: The day (UTC) of the first story that names it.
--     article_id bigint: That story.
--     provider varchar: Who provided it.
--     story_count bigint: Stories that name it, copies under several ids counted once.

-- The view ops.calibration_segments, sql/views/calibration_segments.sql.
-- Straight lines that map story ids to dates; the first and the last also hold beyond their ends.
--     first_id bigint: The id of the line's first point.
--     last_id bigint: The id of its last point.
--     starts_at timestamptz: The date of the first.
--     ends_at timestamptz: The date of the last.
--     from_id bigint: The line holds from this id to that of the next line.
--     from_at timestamptz: The line holds from this instant to that of the next line.

-- The view ops.id_sequence, sql/views/id_sequence.sql.
-- One row: the range of story ids that the warehouse covers; no row while there are no articles.
--     first_id bigint: The oldest story of articles whose id agrees with the calendar of ids.
--     last_id bigint: The newest such story, or a newer one that a listing showed.

-- The view provider_names, sql/views/provider_names.sql.
-- One row per provider code with its one name: the seed file's, else the most frequent one.
--     provider_code varchar: As in articles.provider_code.
--     name varchar: The name.
--     is_settled boolean: Whether the seed file of providers settles the name; otherwise it is
--         learned.
--     story_count bigint: How many stories have the code.

-- The view provider_spellings, sql/views/provider_spellings.sql.
-- One row per provider code and pair of names, in articles and as printed: what the seed file of
-- providers may settle.
--     provider_code varchar: As in articles.provider_code; null without a token.
--     provider varchar: The name in articles.
--     provider_printed varchar: The name in the dateline credit, null without one.
--     is_settled boolean: Whether the seed file settles its spelling.
--     story_count bigint: How many stories have it.

-- The view quotes, sql/views/quotes.sql.
-- One row per quotation in the current text of an article whose speaker the text names for certain.
--     article_id bigint: The story.
--     quote_number integer: Its number in the story, from 1.
--     entity_id varchar: The person or organisation that speaks, in entities; null where the name
--         was not recognised, as in Arabic.
--     speaker varchar: Who speaks, as printed: a name, in Arabic with the office before it.
--     surface varchar: The words as printed, without the marks and a comma before the closing one.
--     start_char integer: First code point of the words in the body, from 0.
--     end_char integer: One past their last code point.
--     sentence_number integer: The sentence in which they start; see sentences.
--     language varchar: ISO 639-1 code of the text.

-- The view sentences, sql/views/sentences.sql.
-- One row per sentence of an article's current text, as mentions, figures and quotes number them.
--     article_id bigint: The story.
--     sentence_number bigint: Its number in the body, from 1; 0 for the title.
--     sentence varchar: The sentence.

-- The view story_states, sql/views/story_states.sql.
-- One row per story id that was ever listed or asked for, with its one current state.
--     article_id bigint: The story id.
--     state varchar: loaded (its text is in articles), rejected (its answer was not usable),
--         missing (the site has no such story), pending (to be requested, or requested again) or
--         deleted (taken down).
--     reason varchar: Why: of rejected, missing and pending stories the last reject's reason, see
--         reject_reasons; of deleted ones the operator's; null for loaded stories and for pending
--         ones never requested.
--     since_at timestamptz: Since when: the first text of a loaded story, the first reject for this
--         reason, the first trace of a pending one.
--     listed_at timestamptz: When a listing first showed it; null for stories that were only ever
--         asked for by id.

-- The view trending_entities, sql/views/trending_entities.sql.
-- One row per entity named in the seven days up to the newest story; order by growth desc.
--     entity_id varchar: Who or what, in entities.
--     type varchar: person, organization or place.
--     name varchar: Its name.
--     story_count bigint: Stories of this week that name it, copies under several ids counted once.
--     usual_story_count double: The average per week of the four weeks before.
--     growth double: story_count over usual_story_count, one added to both, which damps small
--         counts.
--     z_score double: story_count less the average, in standard deviations: the root of the
--         average, one added.

-- The view unrequested_ranges, sql/views/unrequested_ranges.sql.
-- One row per unbroken range of story ids, within id_sequence, that no listing showed and that were
-- never requested; wirehouse backfill --gaps requests them.
--     first_id bigint: The oldest id of the range.
--     last_id bigint: The newest id of the range.
--     id_count bigint: How many ids it holds.
--     dated_at timestamptz: When its oldest id was assigned, by the calibration of ids; good to
--         about a day.

-- The macro articles_with(entity_name), sql/views/articles_with.sql.
-- The stories that name the entity of a name, with how often and in which role.

-- The macro as_of(instant), sql/views/as_of.sql.
-- Every story as its text stood at an instant: one row each, with version, title and body.

-- The macro entities_named(entity_name), sql/views/entities_named.sql.
-- The entities of a name or id, whatever its case and accents: one row each, with entity_id.

-- The macro kwic(entity_name, width), sql/views/kwic.sql.
-- A name wherever stories print it, newest first: width code points before and after, its sentence.

-- The macro mentioned(story_id, entity_name), sql/views/mentioned.sql.
-- Whether the story of an id names the entity of a name: combine it by and, or and not.

-- The macro named_with(entity_name), sql/views/named_with.sql.
-- Who and what the stories that name an entity name as well, most frequent first.

-- The macro nearby(near_latitude, near_longitude, km), sql/views/nearby.sql.
-- The cities named by stories that lie within so many km of a latitude and longitude, nearest
-- first.

-- The macro network_of(entity_type, row_limit), sql/views/network_of.sql.
-- Pairs of entities of a type (person, organization, place) that stories name together, with the
-- number of stories: edges for Gephi and the like, the heaviest first. At most row_limit rows,
-- 1,000 by default.

-- The macro positions_of_terms(relation), sql/views/positions_of_terms.sql.
-- The rows of ops.search_terms for the texts of a table or view, which is given by its name.

-- The macro search(query, row_limit), sql/views/search.sql.
-- The articles with every word of a query, and their score by BM25: words, "a phrase", desalin*,
-- -without, title:word. At most row_limit rows, all by default; join articles for the rest.

-- The macro search_words(query), sql/views/search_words.sql.
-- The terms that a search query asks for, one row each, and how.

-- The macro sentence_of(story_id, number), sql/views/sentence_of.sql.
-- The sentence of a story by its number in sentences, mentions, figures and quotes; 0 is the title.

-- The macro timeline(entity_name, bucket), sql/views/timeline.sql.
-- Stories that name an entity by day, week, month, quarter or year; a period without one has a 0.

-- The macro tokenise(text), sql/views/tokenise.sql.
-- The terms of a text, in English or Arabic, as search compares them: of "Kuwait's ports" kuwait
-- and port.

-- The macro topics_of_terms(relation), sql/views/topics_of_terms.sql.
-- The rows of ops.article_topics for a table or view like ops.search_terms, given by its name.
