-- What happened, and who reports it.
-- Grain: one event. Reads: articles.

create or replace view events as
select
    event_id,
    min(published_at) as first_published_at,
    max(published_at) as last_published_at,
    count(distinct cluster_id) as story_count,
    count(distinct provider) as provider_count,
    list(distinct provider order by provider) as providers,
    list(distinct language order by language) as languages,
    any_value(provider) filter (where article_id = event_id) as first_provider,
    any_value(title) filter (where article_id = event_id) as headline
from ops.articles
group by event_id;

comment on view events is
'One row per happening: the stories on it that follow its first within two days, of any provider
and language.';
comment on column events.event_id is 'The article_id of its first story; see articles.event_id.';
comment on column events.first_published_at is 'When its first story was published.';
comment on column events.last_published_at is 'When its last story was published.';
comment on column events.story_count is 'Its stories, copies under several ids counted once.';
comment on column events.provider_count is 'How many providers have stories on it.';
comment on column events.providers is 'Their names, sorted.';
comment on column events.languages is 'ISO 639-1 codes of its stories, sorted.';
comment on column events.first_provider is 'Who had its first story.';
comment on column events.headline is 'The headline of its first story.';
