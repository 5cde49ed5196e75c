-- Who and what was first named in the seven days up to the newest story?
-- Grain: one entity. Reads: first_reports, articles.
-- By the time of publication: an older story that is loaded later makes nothing new.

create or replace view new_entities as
select
    report.entity_id,
    report.type,
    report.name,
    cast(report.published_at at time zone 'UTC' as date) as published_date,
    report.article_id,
    report.provider,
    report.story_count
from first_reports as report
where
    report.published_at > (
        select max(article.published_at) - interval 7 days
        from ops.articles as article
    );

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
