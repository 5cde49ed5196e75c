-- Who and what is named in the most stories?
-- Grain: one entity. Reads: mentions, entities.

select
    entity.name,
    entity.type,
    count(distinct mention.article_id) as story_count,
    count(*) as mention_count
from mentions as mention
inner join entities as entity on mention.entity_id = entity.entity_id
group by entity.entity_id, entity.name, entity.type
order by story_count desc, mention_count desc, entity.name asc
limit 20;
