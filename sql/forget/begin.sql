-- What the removal of the stories in $article_ids bears on, before anything is removed: `leaving`,
-- the stories; `parting`, the others of their clusters; `readings` and `settled_dates`, which
-- load/calibrate_ids.sql reads as what changed.
-- Grain: one story each. Reads: articles.

create or replace temp table leaving as
select unnest($article_ids::bigint[]) as article_id;

create or replace temp table parting as
with
old_clusters as (
    select distinct article.cluster_id
    from articles as article
    semi join leaving on article.article_id = leaving.article_id
)

select article.article_id
from articles as article
semi join old_clusters on article.cluster_id = old_clusters.cluster_id
anti join leaving on article.article_id = leaving.article_id;

create or replace temp table readings as
select
    article.published_at,
    article.published_at as former_published_at,
    'update' as action
from articles as article
semi join leaving on article.article_id = leaving.article_id;

create or replace temp table settled_dates as
select
    published_at,
    former_published_at
from readings
where false;
