-- `cluster_pairs`: which stories are worth comparing with the examined ones; each of those starts
-- out as a cluster of its own. `cluster_texts`: what is compared of them.
-- Grain: one pair of stories; one story. Reads: examined_stories, minhash_bands, articles.
-- Copies share most of the 24 hashes, so four are required; a daily story's earlier editions share
-- a few, so that of many stories only the sixteen that share most count. Of a day's stories with
-- one hash the first 32 count, so that a text on every page can't make loads slow. Copies follow
-- within six days, see MAX_GAP in tasks/duplicates/compare.py; the days are bounded by variables,
-- which lets the scan skip all that is older.

update articles
set cluster_id = articles.article_id
from examined_stories as examined
where
    articles.article_id = examined.article_id
    and articles.cluster_id <> articles.article_id;

set variable first_date = (
    select cast(min(article.published_at) at time zone 'UTC' as date) - 6
    from articles as article
    semi join examined_stories as examined on article.article_id = examined.article_id
);

set variable last_date = (
    select cast(max(article.published_at) at time zone 'UTC' as date) + 6
    from articles as article
    semi join examined_stories as examined on article.article_id = examined.article_id
);

create or replace temp table cluster_pairs as
with
near_bands as (
    select
        article_id,
        published_date,
        band_hash
    from minhash_bands
    where published_date between getvariable('first_date') and getvariable('last_date')
),

examined_bands as (
    select near_band.*
    from near_bands as near_band
    semi join examined_stories as examined on near_band.article_id = examined.article_id
),

-- written out twice, since a result that is used twice would be stored first
near_bands_again as (
    select
        article_id,
        published_date,
        band_hash
    from minhash_bands
    where published_date between getvariable('first_date') and getvariable('last_date')
),

other_bands as (
    select near_band.*
    from near_bands_again as near_band
    semi join examined_bands as examined_band on near_band.band_hash = examined_band.band_hash
    qualify
        row_number() over (
            partition by near_band.band_hash, near_band.published_date
            order by near_band.article_id
        ) <= 32
),

shared_bands as (
    select
        examined_band.article_id,
        other_band.article_id as candidate_id,
        count(*) as band_count
    from examined_bands as examined_band
    inner join other_bands as other_band on examined_band.band_hash = other_band.band_hash
    where
        other_band.article_id <> examined_band.article_id
        and abs(other_band.published_date - examined_band.published_date) <= 6
    group by examined_band.article_id, other_band.article_id
    having count(*) >= 4
),

nearest as (
    select
        article_id,
        candidate_id
    from shared_bands
    qualify
        row_number() over (
            partition by article_id
            order by band_count desc, candidate_id asc
        ) <= 16
),

final as (
    select distinct
        least(article_id, candidate_id) as first_id,
        greatest(article_id, candidate_id) as second_id
    from nearest
)

select * from final;

create or replace temp table cluster_texts as
with
paired as (
    select first_id as article_id from cluster_pairs
    union
    select second_id as article_id from cluster_pairs
)

select
    article.article_id,
    article.cluster_id,
    article.title,
    article.body,
    article.language,
    article.published_at
from articles as article
semi join paired on article.article_id = paired.article_id;
