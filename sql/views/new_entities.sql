-- Who and what was first named in the seven days up to the newest story?
-- Grain: one entity. Reads: mentions, articles, entities.
-- By the time of publication: an older story that is loaded later makes nothing new.

create or replace view new_entities as
with
week as (
    select max(published_at) - interval 7 days as starts_at
    from ops.articles
),

named as (
    select
        mention.entity_id,
        article.published_at,
        article.article_id,
        article.cluster_id,
        article.provider,
        article.published_at > week.starts_at as is_new
    from main.mentions as mention
    inner join ops.articles as article on mention.article_id = article.article_id
    cross join week
),

new_names as (
    select new_name.*
    from named as new_name
    anti join (select entity_id from named where not is_new) as earlier
        on new_name.entity_id = earlier.entity_id
    where new_name.is_new
)

select
    entity.entity_id,
    entity.type,
    entity.name,
    cast(min(new_name.published_at) at time zone 'UTC' as date) as published_date,
    arg_min(new_name.article_id, (new_name.published_at, new_name.article_id)) as article_id,
    arg_min(new_name.provider, (new_name.published_at, new_name.article_id)) as provider,
    count(distinct new_name.cluster_id) as story_count
from new_names as new_name
inner join ops.entities as entity on new_name.entity_id = entity.entity_id
group by entity.entity_id, entity.type, entity.name;

comment on view new_entities is
'One row per entity first named in the seven days up to the newest story, by publication.';
comment on column new_entities.entity_id is 'Who or what, in entities.';
comment on column new_entities.type is 'person, organization or place.';
comment on column new_entities.name is 'Its name.';
comment on column new_entities.published_date is 'The day (UTC) of the first story that names it.';
comment on column new_entities.article_id is 'That story.';
comment on column new_entities.provider is 'Who provided it.';
comment on column new_entities.story_count is
'Stories that name it, copies under several ids counted once.';
