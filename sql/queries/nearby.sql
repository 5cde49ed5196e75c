-- Which stories name a place within 100 km of Kuwait City?
-- Grain: one story and place. Reads: nearby, mentions, articles.

select distinct
    place.distance_km,
    place.name,
    article.article_id,
    article.title
from nearby(29.37, 47.98, 100) as place
inner join mentions as mention on place.entity_id = mention.entity_id
inner join articles as article on mention.article_id = article.article_id
order by place.distance_km asc, article.article_id desc;
