-- Who was first to report on each person, organisation and place, and who followed?
-- Grain: one entity. Reads: mentions, articles.
-- Stories are numbered by their time: of all that name an entity, the smallest place of a provider
-- is its first report, and the smallest two of these are the first of all and the first to follow.

create or replace view first_reports as
with
stories as (
    select
        article_id,
        published_at,
        provider,
        title,
        row_number() over (order by published_at, article_id) as place
    from ops.articles
),

by_provider as (
    select
        mention.entity_id,
        mention.type,
        mention.name,
        min(story.place) as place
    from main.mentions as mention
    inner join stories as story on mention.article_id = story.article_id
    group by mention.entity_id, mention.type, mention.name, story.provider
),

firsts as (
    select
        entity_id,
        type,
        name,
        min(place, 2) as places
    from by_provider
    group by entity_id, type, name
),

counted as (
    select
        mention.entity_id,
        mention.type,
        mention.name,
        count(distinct article.cluster_id) as story_count
    from main.mentions as mention
    inner join ops.articles as article on mention.article_id = article.article_id
    group by mention.entity_id, mention.type, mention.name
)

-- joined by type and name too, so that a condition on these is met before anything is counted
select
    firsts.entity_id,
    firsts.type,
    firsts.name,
    story.article_id,
    story.published_at,
    story.provider,
    story.title,
    follower.published_at as followed_at,
    counted.story_count
from firsts
inner join counted
    on
        firsts.entity_id = counted.entity_id
        and firsts.type = counted.type
        and firsts.name = counted.name
inner join stories as story on firsts.places[1] = story.place
left join stories as follower on firsts.places[2] = follower.place;

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
