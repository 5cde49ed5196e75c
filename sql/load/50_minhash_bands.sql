-- Replaces the MinHash bands of stories whose text is new, and redates those of stories whose date
-- changed.
-- `examined_stories`: the stories whose cluster is computed again.
-- Grain: one story and hash; one story.
-- Reads: readings, settled_dates, staged_minhash_bands, articles, minhash_bands.
-- Examined are the stories that the batch wrote or redated, and the other members of the clusters
-- they were in, which may fall apart without the old text.

create or replace temp table examined_stories as
with
changed as (
    select reading.article_id
    from readings as reading
    where reading.action in ('insert', 'update')
    union
    select settled.article_id
    from settled_dates as settled
),

old_clusters as (
    select distinct article.cluster_id
    from articles as article
    semi join changed on article.article_id = changed.article_id
)

select article.article_id
from articles as article
semi join old_clusters on article.cluster_id = old_clusters.cluster_id
union
select changed.article_id
from changed;

delete from minhash_bands
where
    article_id in (
        select reading.article_id
        from readings as reading
        where reading.action = 'update'
    );

insert into minhash_bands by name
select distinct
    unnest(staged.bands) as band_hash,
    reading.article_id,
    cast(article.published_at at time zone 'UTC' as date) as published_date
from readings as reading
inner join articles as article on reading.article_id = article.article_id
inner join staged_minhash_bands as staged
    on
        reading.article_id = staged.article_id
        and reading.body_sha256 = staged.body_sha256
where reading.action in ('insert', 'update')
order by published_date, reading.article_id;

update minhash_bands
set published_date = cast(article.published_at at time zone 'UTC' as date)
from settled_dates as settled
inner join articles as article on settled.article_id = article.article_id
where minhash_bands.article_id = settled.article_id;
