-- Who was first to report on each person, organisation and place, and who followed?
-- Grain: one entity. Reads: mentions, articles.

create or replace view first_reports as
with
firsts as (
    select
        mention.entity_id,
        mention.type,
        mention.name,
        min({
            'published_at': article.published_at,
            'article_id': article.article_id,
            'provider': article.provider,
            'title': article.title
        }) as report,
        count(distinct article.cluster_id) as story_count
    from main.mentions as mention
    inner join ops.articles as article on mention.article_id = article.article_id
    group by mention.entity_id, mention.type, mention.name
),

followed as (
    select
        mention.entity_id,
        min(article.published_at) as followed_at
    from main.mentions as mention
    inner join ops.articles as article on mention.article_id = article.article_id
    inner join firsts
        on mention.entity_id = firsts.entity_id and article.provider <> firsts.report.provider
    group by mention.entity_id
)

select
    firsts.entity_id,
    firsts.type,
    firsts.name,
    firsts.report.article_id,
    firsts.report.published_at,
    firsts.report.provider,
    firsts.report.title,
    followed.followed_at,
    firsts.story_count
from firsts
left join followed on firsts.entity_id = followed.entity_id;

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
