-- What do several providers report?
-- Grain: one of the 12 events of the period with the most providers. Reads: events, articles.

with
shared_events as (
    select *
    from events
    where first_published_at >= $period_start_at and provider_count > 1
)

select
    event.headline as title,
    array_to_string(event.providers, ', ') as providers,
    event.story_count as stories,
    event.first_published_at as first_at,
    article.url
from shared_events as event
inner join articles as article on event.event_id = article.article_id
order by event.provider_count desc, event.story_count desc, event.event_id desc
limit 12;
