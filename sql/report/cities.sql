-- Which cities do stories name?
-- Grain: one of the 200 cities named most in the period. Reads: entity_articles, entities.

with
articles_of_period as (
    select *
    from entity_articles
    where published_at >= $period_start_at and type = 'place'
)

select
    city.name,
    count(distinct article.cluster_id) as stories,
    city.latitude,
    city.longitude
from articles_of_period as article
inner join entities as city on article.entity_id = city.entity_id
where city.latitude is not null
group by city.entity_id, city.name, city.latitude, city.longitude
order by stories desc, city.name asc
limit 200;
