-- Which stories name a place within 100 km of Kuwait City?
-- Grain: one story and place. Reads: nearby, entity_articles.

select
    place.distance_km,
    place.name,
    story.title
from nearby(29.37, 47.98, 100) as place
inner join entity_articles as story on place.entity_id = story.entity_id
order by place.distance_km asc, story.article_id desc;
