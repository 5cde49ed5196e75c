-- Who and what is named together, and where.
-- Grain: one ordered pair of entities. Reads: entity_articles.

create or replace view entity_pairs as
select
    one.entity_id,
    one.type,
    one.name,
    other.entity_id as other_id,
    other.type as other_type,
    other.name as other_name,
    count(distinct one.cluster_id) as story_count,
    count(*) as article_count,
    min(one.published_at) as first_published_at,
    max(one.published_at) as last_published_at,
    list(one.article_id order by one.article_id desc) as article_ids
from entity_articles as one
inner join entity_articles as other on one.article_id = other.article_id
where one.entity_id <> other.entity_id
group by one.entity_id, one.type, one.name, other.entity_id, other.type, other.name;

comment on view entity_pairs is
'One row per ordered pair of entities that an article names; filter name to see its company.';
comment on column entity_pairs.entity_id is 'One of them, in entities.';
comment on column entity_pairs.type is 'person, organization or place.';
comment on column entity_pairs.name is 'Its name.';
comment on column entity_pairs.other_id is 'The other.';
comment on column entity_pairs.other_type is 'What the other is.';
comment on column entity_pairs.other_name is 'The other''s name.';
comment on column entity_pairs.story_count is
'Stories that name both, copies under several ids counted once.';
comment on column entity_pairs.article_count is 'The same, each copy counted.';
comment on column entity_pairs.first_published_at is 'When the first of them was published.';
comment on column entity_pairs.last_published_at is 'When the last was.';
comment on column entity_pairs.article_ids is 'The articles, newest id first.';
