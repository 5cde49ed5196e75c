-- Who was named this week for the first time?
-- Grain: one person. Reads: new_entities.

select
    name,
    published_date,
    provider
from new_entities
where type = 'person'
order by published_date desc, name asc;
