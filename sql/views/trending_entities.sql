-- Who and what is named more this week than in the four weeks before.
-- Grain: one entity named this week. Reads: mentions, articles.
-- This week is the seven days up to the newest story, so that an archive has a week, too. Fewer
-- than three stories say nothing. A count scatters by the root of its average (Poisson).

create or replace view trending_entities as
with
newest as (
    select max(published_at) as published_at
    from ops.articles
),

weeks as (
    select
        mention.entity_id,
        mention.type,
        mention.name,
        article.cluster_id,
        floor(epoch(newest.published_at - article.published_at) / (7 * 86400)) as week
    from main.mentions as mention
    inner join ops.articles as article on mention.article_id = article.article_id
    cross join newest
    where article.published_at > newest.published_at - interval 35 days
),

counted as (
    select
        entity_id,
        type,
        name,
        count(distinct cluster_id) filter (where week = 0) as story_count,
        count(distinct cluster_id) filter (where week > 0) / 4.0 as usual_story_count
    from weeks
    group by entity_id, type, name
)

select
    entity_id,
    type,
    name,
    story_count,
    usual_story_count::double as usual_story_count,
    ((story_count + 1) / (usual_story_count + 1))::double as growth,
    ((story_count - usual_story_count) / sqrt(usual_story_count + 1))::double as z_score
from counted
where story_count >= 3;

comment on view trending_entities is
'One row per entity named in the seven days up to the newest story; order by growth desc.';
comment on column trending_entities.entity_id is 'Who or what, in entities.';
comment on column trending_entities.type is 'person, organization or place.';
comment on column trending_entities.name is 'Its name.';
comment on column trending_entities.story_count is
'Stories of this week that name it, copies under several ids counted once.';
comment on column trending_entities.usual_story_count is
'The average per week of the four weeks before.';
comment on column trending_entities.growth is
'story_count over usual_story_count, one added to both, which damps small counts.';
comment on column trending_entities.z_score is
'story_count less the average, in standard deviations: the root of the average, one added.';
