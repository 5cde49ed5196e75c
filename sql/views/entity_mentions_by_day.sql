-- How often each person, organisation and place is named, day by day.
-- Grain: one entity and day (UTC). Reads: entity_articles.

create or replace view entity_mentions_by_day as
select
    entity_id,
    type,
    name,
    cast(published_at at time zone 'UTC' as date) as published_date,
    count(distinct cluster_id) as story_count,
    count(*) as article_count,
    cast(sum(mention_count) as bigint) as mention_count
from entity_articles
group by entity_id, type, name, published_date;

comment on view entity_mentions_by_day is
'One row per person, organisation or place and day on which stories name it.';
comment on column entity_mentions_by_day.entity_id is 'Who or what, in entities.';
comment on column entity_mentions_by_day.type is 'person, organization or place.';
comment on column entity_mentions_by_day.name is 'Its name.';
comment on column entity_mentions_by_day.published_date is 'The day, in UTC.';
comment on column entity_mentions_by_day.story_count is
'Stories of that day that name it, copies under several ids counted once.';
comment on column entity_mentions_by_day.article_count is 'The same, each copy counted.';
comment on column entity_mentions_by_day.mention_count is 'How often they name it.';
