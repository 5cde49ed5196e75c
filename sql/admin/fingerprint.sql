-- How many rows each table has, and a digest of them that doesn't depend on their order: the sums
-- of the halves of each row's MD5.
-- Grain: one table. Reads: every table but those of the runs and of the schema.
-- Columns that two warehouses of the same content may differ in are left out: times, run ids, and
-- capture ids, which are new whenever a page is fetched again; the page's own digest stands for
-- those.

-- what found the names and figures of each article
create or replace temp view contents_annotation_stamps as
select *
from annotation_stamps;

-- sums of money, percentages, tickers and dates in the articles
create or replace temp view contents_article_figures as
select *
from article_figures;

-- article_versions: every column but the times
create or replace temp view contents_article_versions as
with
answered as (
    select
        known.*,
        answer.payload_sha256
    from article_versions as known
    left join captures as answer on known.capture_id = answer.capture_id
)

select * exclude (seen_at, valid_from, valid_to, capture_id)
from answered;

-- what the articles are about
create or replace temp view contents_article_topics as
select *
from article_topics;

-- articles: every column but times and run ids
create or replace temp view contents_articles as
with
answered as (
    select
        article.*,
        answer.payload_sha256
    from articles as article
    left join captures as answer on article.capture_id = answer.capture_id
)

select * exclude (first_seen_at, last_seen_at, last_checked_at, capture_id, run_id)
from answered;

-- the site's responses, each different one once: a run that continues an interrupted one requests
-- listings again. Status 304 only says when a request was made
create or replace temp view contents_captures as
with
compared as (
    select * exclude (capture_id, fetched_at, claimed_at, warc_path, warc_offset, run_id)
    from captures
    where status <> 304
)

select distinct * from compared;

-- who and what is named: every column but the time
create or replace temp view contents_entities as
select * exclude (first_seen_at)
from entities;

-- which entities may be one: every column but the time
create or replace temp view contents_entity_candidates as
select * exclude (found_at)
from entity_candidates;

-- with whom each person is named: all of it
create or replace temp view contents_entity_contexts as
select *
from entity_contexts;

-- decisions on entities: every column but the time
create or replace temp view contents_entity_decisions as
select * exclude (decided_at)
from entity_decisions;

-- which stories are alike: all of it
create or replace temp view contents_event_pairs as
select *
from event_pairs;

-- what stories are compared by for it: all of it
create or replace temp view contents_event_traits as
select * replace (list_sort(traits) as traits, list_sort(words) as words)
from event_traits;

-- feed gaps: every column but times and run ids
create or replace temp view contents_feed_gaps as
select * exclude (previous_polled_at, detected_at, run_id, closed_at)
from feed_gaps;

-- what feeds showed, each different response once: a run that continues another polls again
create or replace temp view contents_feed_polls as
with
answered as (
    select
        poll.*,
        answer.payload_sha256
    from feed_polls as poll
    left join captures as answer on poll.capture_id = answer.capture_id
)

select distinct answered.* exclude (polled_at, capture_id, run_id)
from answered;

-- the calibration of ids that came with the program
create or replace temp view contents_id_anchors as
select *
from id_anchors;

-- the calibration of ids that the stories gave
create or replace temp view contents_id_day_medians as
select *
from id_day_medians;

-- what was seen on which listing: every column but times and run ids
create or replace temp view contents_listing_entries as
with
answered as (
    select
        sighting.*,
        answer.payload_sha256
    from listing_entries as sighting
    left join captures as answer on sighting.capture_id = answer.capture_id
)

select * exclude (seen_at, last_seen_at, capture_id, run_id)
from answered;

-- what the listings sent for the next conditional request: every column but the time
create or replace temp view contents_listing_validators as
select * exclude (checked_at)
from listing_validators;

-- who and what stands where in the articles
create or replace temp view contents_mentions as
select *
from mentions;

-- the hashes by which near-duplicates are found
create or replace temp view contents_minhash_bands as
select *
from minhash_bands;

-- how often each name has which type: all of it
create or replace temp view contents_name_uses as
select *
from name_uses;

-- how persons' names are compared: all but the counts, some of which are bounds
create or replace temp view contents_person_profiles as
select
    entity_id,
    block_key,
    parts,
    companions
from person_profiles;

-- who is quoted with which words
create or replace temp view contents_quotes as
select *
from quotes;

-- the settled spellings
create or replace temp view contents_providers as
select *
from providers;

-- the meaning of each reason: every column
create or replace temp view contents_reject_reasons as
select *
from reject_reasons;

-- what could not be used and why, each once: a run that continues another rejects again what that
-- one had rejected and not loaded
create or replace temp view contents_rejects as
select distinct rejects.* exclude (run_id, rejected_at)
from rejects;

-- the index of the texts: a row per article stands for its terms, which are many
create or replace temp view contents_search_terms as
select
    article_id,
    count(*) as term_count,
    sum(md5_number_lower(concat_ws(' ', term, positions))) as terms_sum
from search_terms
group by article_id;

-- which stories were deleted, and why: every column but the times
create or replace temp view contents_tombstones as
select * exclude (forgotten_at, erased_at)
from tombstones;

with
row_texts as (
    select
        'annotation_stamps' as table_name,
        to_json(contents_annotation_stamps)::varchar as row_text
    from contents_annotation_stamps
    union all
    select
        'article_figures' as table_name,
        to_json(contents_article_figures)::varchar as row_text
    from contents_article_figures
    union all
    select
        'article_topics' as table_name,
        to_json(contents_article_topics)::varchar as row_text
    from contents_article_topics
    union all
    select
        'article_versions' as table_name,
        to_json(contents_article_versions)::varchar as row_text
    from contents_article_versions
    union all
    select
        'articles' as table_name,
        to_json(contents_articles)::varchar as row_text
    from contents_articles
    union all
    select
        'captures' as table_name,
        to_json(contents_captures)::varchar as row_text
    from contents_captures
    union all
    select
        'entities' as table_name,
        to_json(contents_entities)::varchar as row_text
    from contents_entities
    union all
    select
        'entity_candidates' as table_name,
        to_json(contents_entity_candidates)::varchar as row_text
    from contents_entity_candidates
    union all
    select
        'entity_contexts' as table_name,
        to_json(contents_entity_contexts)::varchar as row_text
    from contents_entity_contexts
    union all
    select
        'entity_decisions' as table_name,
        to_json(contents_entity_decisions)::varchar as row_text
    from contents_entity_decisions
    union all
    select
        'event_pairs' as table_name,
        to_json(contents_event_pairs)::varchar as row_text
    from contents_event_pairs
    union all
    select
        'event_traits' as table_name,
        to_json(contents_event_traits)::varchar as row_text
    from contents_event_traits
    union all
    select
        'feed_gaps' as table_name,
        to_json(contents_feed_gaps)::varchar as row_text
    from contents_feed_gaps
    union all
    select
        'feed_polls' as table_name,
        to_json(contents_feed_polls)::varchar as row_text
    from contents_feed_polls
    union all
    select
        'id_anchors' as table_name,
        to_json(contents_id_anchors)::varchar as row_text
    from contents_id_anchors
    union all
    select
        'id_day_medians' as table_name,
        to_json(contents_id_day_medians)::varchar as row_text
    from contents_id_day_medians
    union all
    select
        'listing_entries' as table_name,
        to_json(contents_listing_entries)::varchar as row_text
    from contents_listing_entries
    union all
    select
        'listing_validators' as table_name,
        to_json(contents_listing_validators)::varchar as row_text
    from contents_listing_validators
    union all
    select
        'mentions' as table_name,
        to_json(contents_mentions)::varchar as row_text
    from contents_mentions
    union all
    select
        'minhash_bands' as table_name,
        to_json(contents_minhash_bands)::varchar as row_text
    from contents_minhash_bands
    union all
    select
        'name_uses' as table_name,
        to_json(contents_name_uses)::varchar as row_text
    from contents_name_uses
    union all
    select
        'person_profiles' as table_name,
        to_json(contents_person_profiles)::varchar as row_text
    from contents_person_profiles
    union all
    select
        'providers' as table_name,
        to_json(contents_providers)::varchar as row_text
    from contents_providers
    union all
    select
        'quotes' as table_name,
        to_json(contents_quotes)::varchar as row_text
    from contents_quotes
    union all
    select
        'reject_reasons' as table_name,
        to_json(contents_reject_reasons)::varchar as row_text
    from contents_reject_reasons
    union all
    select
        'rejects' as table_name,
        to_json(contents_rejects)::varchar as row_text
    from contents_rejects
    union all
    select
        'search_terms' as table_name,
        to_json(contents_search_terms)::varchar as row_text
    from contents_search_terms
    union all
    select
        'tombstones' as table_name,
        to_json(contents_tombstones)::varchar as row_text
    from contents_tombstones
),

digests as (
    select
        table_name,
        count(*) as row_count,
        sum(md5_number_upper(row_text)) as upper_sum,
        sum(md5_number_lower(row_text)) as lower_sum
    from row_texts
    group by table_name
),

names as (
    select substring(view_name, 10) as table_name
    from duckdb_views()
    where starts_with(view_name, 'contents_')
)

select
    names.table_name,
    coalesce(digest.row_count, 0) as row_count,
    coalesce(digest.upper_sum, 0) as upper_sum,
    coalesce(digest.lower_sum, 0) as lower_sum
from names
left join digests as digest on names.table_name = digest.table_name
order by names.table_name;
