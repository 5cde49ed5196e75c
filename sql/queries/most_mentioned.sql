-- Who and what is named in the most stories?
-- Grain: one real entity. Reads: entity_articles.

select
    name,
    type,
    count(distinct cluster_id) as story_count,
    sum(mention_count) as mention_count
from entity_articles
group by entity_id, name, type
order by story_count desc, mention_count desc, name asc
limit 20;
