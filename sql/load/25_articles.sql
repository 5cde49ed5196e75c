-- Writes the readings that are new or newer; article_versions settles the versions' numbers.
-- Grain: one story. Reads: readings, articles.

update articles
set
    url = reading.url,
    language = reading.language,
    title = reading.title,
    body = reading.body,
    provider = reading.provider,
    provider_code = reading.provider_code,
    account_code = reading.account_code,
    menafn_token = reading.menafn_token,
    published_at = reading.published_at,
    published_at_basis = reading.published_at_basis,
    word_count = reading.word_count,
    body_sha256 = reading.body_sha256,
    image_url = reading.image_url,
    last_seen_at = greatest(articles.last_seen_at, reading.newest_seen_at),
    capture_id = reading.capture_id,
    run_id = reading.run_id,
    extractor_version = reading.extractor_version,
    provider_printed = reading.provider_printed,
    dateline_place = reading.dateline_place,
    dateline_date = reading.dateline_date,
    byline = reading.byline,
    is_stock_image = reading.is_stock_image,
    text_defects = reading.text_defects,
    page_at = reading.page_at,
    feed_at = reading.feed_at,
    token_at = reading.token_at,
    last_checked_at = greatest(articles.last_checked_at, reading.newest_seen_at)
from readings as reading
where
    articles.article_id = reading.article_id
    and reading.action = 'update';

insert into articles by name
select
    reading.* exclude (action, seen_at, listed_at, newest_seen_at, former_published_at),
    1 as version,
    reading.article_id as cluster_id,
    least(reading.listed_at, reading.seen_at) as first_seen_at,
    reading.newest_seen_at as last_seen_at,
    reading.newest_seen_at as last_checked_at
from readings as reading
where reading.action = 'insert';
