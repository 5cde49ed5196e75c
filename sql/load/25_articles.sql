-- Writes the readings that are new or newer; article_versions settles the versions' numbers. When a
-- text of the site takes the place of an imported one, its times do too.
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
    first_seen_at = case
        when articles.is_imported and not reading.is_imported
            then least(reading.listed_at, reading.seen_at)
        else articles.first_seen_at
    end,
    last_seen_at = case
        when articles.is_imported and not reading.is_imported then reading.newest_seen_at
        else greatest(articles.last_seen_at, reading.newest_seen_at)
    end,
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
    last_checked_at = case
        when articles.is_imported and not reading.is_imported then reading.newest_seen_at
        else greatest(articles.last_checked_at, reading.newest_seen_at)
    end,
    is_imported = reading.is_imported
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
