-- The stories with their newest texts.
-- Grain: one story. Reads: articles, listing_entries, article_topics,
-- article_versions.
-- Nearly every story has one version, so that only the others are counted. An adult reads 238 words
-- of English a minute (Brysbaert 2019).

create or replace view articles as
with
sections as (
    select
        article_id,
        list(distinct section order by section) as sections
    from listing_entries
    group by article_id
),

topics as (
    select
        article_id,
        list(topic order by score desc, topic_code asc) as topics
    from article_topics
    group by article_id
),

later_versions as (
    select
        article_id,
        count(*) as later_count
    from article_versions
    where version > 1
    group by article_id
)

select
    article.article_id,
    article.url,
    article.language,
    article.title,
    article.body,
    article.provider,
    article.provider_code,
    article.account_code,
    article.menafn_token,
    article.published_at,
    article.published_at_basis,
    article.word_count,
    article.body_sha256,
    article.version,
    article.cluster_id,
    article.image_url,
    article.first_seen_at,
    article.last_seen_at,
    article.capture_id,
    article.run_id,
    article.extractor_version,
    cast(article.published_at at time zone 'UTC' as date) as published_date,
    regexp_replace(
        string_split(article.body, chr(10))[1], '^((?:\S+\s+){39}\S+)\s.*$', '\1 …'
    ) as lead,
    coalesce(sections.sections, []) as sections,
    coalesce(topics.topics, []) as topics,
    coalesce(later.later_count, 0) + 1 as version_count,
    cast(greatest(ceil(article.word_count / 238), 1) as integer) as reading_minutes,
    article.provider_printed,
    article.dateline_place,
    article.dateline_date,
    article.byline,
    article.is_stock_image,
    article.text_defects,
    article.page_at,
    article.feed_at,
    article.token_at,
    article.last_checked_at,
    article.is_imported,
    article.event_id
from ops.articles as article
left join sections on article.article_id = sections.article_id
left join topics on article.article_id = topics.article_id
left join later_versions as later on article.article_id = later.article_id;

comment on view articles is 'One row per story id, with its newest text.';
comment on column articles.article_id is 'The 10-digit story id in the address.';
comment on column articles.url is
'Canonical address: https://menafn.com/<id>/<slug>, with /arabic before the id for Arabic.';
comment on column articles.language is 'ISO 639-1 code of the text.';
comment on column articles.title is 'The headline as printed on the page.';
comment on column articles.body is
'Main text, paragraphs separated by one newline; no credit, token, disclaimer or other stories.';
comment on column articles.provider is
'Who provided the story, one spelling per provider; MENAFN for the site''s own news.';
comment on column articles.provider_code is
'Code of the provider: the first six digits after the date in menafn_token.';
comment on column articles.account_code is
'Code of the account that filed the story: the next six digits in menafn_token.';
comment on column articles.menafn_token is
'The token that closes the page, such as MENAFN12082025000071011013ID1109916091: day, month and
year, provider, account, story id.';
comment on column articles.published_at is
'When the story was published, from the best source with a possible date; see published_at_basis.';
comment on column articles.published_at_basis is
'Source of published_at, best first: page, feed, token, article_id (estimated from the id).';
comment on column articles.word_count is
'Words of the body: maximal runs of letters, digits and inner marks.';
comment on column articles.body_sha256 is 'Hexadecimal SHA-256 of the body in UTF-8.';
comment on column articles.version is
'Number of this text among the story''s distinct texts in the order they were first seen, from 1.';
comment on column articles.cluster_id is
'The smallest article_id among the stories with the same text; its own where there is no other.';
comment on column articles.image_url is 'Address of the story''s picture; null for placeholders.';
comment on column articles.first_seen_at is
'When the story was first seen, on a listing or as a page.';
comment on column articles.last_seen_at is
'When a response of the site last confirmed this text: the same text again, or status 304.';
comment on column articles.capture_id is 'The capture that this row was extracted from.';
comment on column articles.run_id is 'The run that extracted it.';
comment on column articles.extractor_version is
'Versions of the extractor, the page layout and the extraction library.';
comment on column articles.published_date is 'Its day (UTC).';
comment on column articles.lead is 'The first paragraph, cut after forty words.';
comment on column articles.sections is
'The sections of the feeds and listings that showed it, sorted; see article_sections.';
comment on column articles.topics is
'What it is about, best first, at most three of the names in topics; empty where its words don''t
tell; see article_topics.';
comment on column articles.version_count is 'How many texts it has had; article_versions has them.';
comment on column articles.reading_minutes is 'Minutes to read the body, at 238 words a minute.';
comment on column articles.provider_printed is
'The provider as the dateline credit prints it, null without a credit.';
comment on column articles.dateline_place is 'Place of the agency''s own dateline.';
comment on column articles.dateline_date is 'Day of the agency''s own dateline.';
comment on column articles.byline is
'Who wrote the story: the bare name, without the "By" before it.';
comment on column articles.is_stock_image is
'Whether the picture is one of the site''s stock pictures.';
comment on column articles.text_defects is
'Defects of the text that were detected and left as they are, as slugs.';
comment on column articles.page_at is
'When the story was published by the time printed on the page.';
comment on column articles.feed_at is 'The same by the first feed that gave a date.';
comment on column articles.token_at is
'Start of the day in menafn_token, in the site''s time zone.';
comment on column articles.last_checked_at is
'When the site last responded for this story, whatever the status.';
comment on column articles.is_imported is
'Whether the text came from an imported WARC record, because the site has given none; null in rows
of earlier versions, which did not note it.';
comment on column articles.event_id is
'The first story on the same happening, by its article_id; its own where there is no other.';
