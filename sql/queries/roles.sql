-- In which roles is a person named over time?
-- Grain: one role. Reads: articles_with.

select
    role,
    min(published_at) as first_at,
    max(published_at) as last_at,
    count(*) as article_count
from articles_with('Fahad Al-Lahdani')
where role is not null
group by role
order by first_at asc, role asc;
