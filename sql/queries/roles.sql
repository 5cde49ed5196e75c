-- In which roles is a person named over time?
-- Grain: one role. Reads: entity_articles, entities_named.

select
    role,
    min(published_at) as first_at,
    max(published_at) as last_at,
    count(*) as article_count
from entity_articles
where role is not null and entity_id in (from entities_named('Fahad Al-Lahdani'))
group by role
order by first_at asc, role asc;
