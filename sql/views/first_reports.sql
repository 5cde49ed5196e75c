-- Who was first to report on each person, organisation and place, and who followed?
-- Grain: one entity. Reads: entity_articles, articles.

create or replace view first_reports as
with
reports as (
    select
        named.entity_id,
        named.type,
        named.name,
        named.article_id,
        named.cluster_id,
        named.published_at,
        named.title,
        article.provider,
        first_value(article.provider) over (
            partition by named.entity_id
            order by named.published_at, named.article_id
        ) as first_provider
    from entity_articles as named
    inner join ops.articles as article on named.article_id = article.article_id
)

select
    entity_id,
    type,
    name,
    arg_min(article_id, (published_at, article_id)) as article_id,
    min(published_at) as published_at,
    first_provider as provider,
    arg_min(title, (published_at, article_id)) as title,
    min(published_at) filter (where provider <> first_provider) as followed_at,
    count(distinct cluster_id) as story_count
from reports
group by entity_id, type, name, first_provider;

comment on view first_reports is
'One row per entity: the first story that names it, by the time of publication, and who followed.';
comment on column first_reports.entity_id is 'Who or what, in entities.';
comment on column first_reports.type is 'person, organization or place.';
comment on column first_reports.name is 'Its name.';
comment on column first_reports.article_id is 'The first story.';
comment on column first_reports.published_at is 'When it was published.';
comment on column first_reports.provider is 'Who provided it.';
comment on column first_reports.title is 'Its headline.';
comment on column first_reports.followed_at is
'When another provider first named the entity; null where none has.';
comment on column first_reports.story_count is
'Stories that name the entity, copies under several ids counted once.';
