-- What the removal of the stories in $article_ids bears on, before anything is removed: `leaving`,
-- the stories; `parting`, the others of their clusters; `readings` and `settled_dates`, which
-- load/calibrate_ids.sql reads as what changed; `lost_entities`, which they name, and
-- `new_mentions` and `earlier_entities`, none, as load/touch_entities.sql reads them.
-- Grain: one story each; one entity. Reads: articles, mentions.

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

create or replace temp table lost_entities as
select distinct mention.entity_id
from mentions as mention
semi join leaving on mention.article_id = leaving.article_id;

create or replace temp table new_mentions as
select entity_id
from lost_entities
where false;

create or replace temp table earlier_entities as
select entity_id
from lost_entities
where false;
