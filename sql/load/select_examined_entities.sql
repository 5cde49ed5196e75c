-- Which entities may be one with each other, and what are they compared by?
-- Grain: one entity. Reads: examined_entities.

select
    entity_id,
    block_key,
    parts,
    companions,
    first_article_id
from examined_entities
order by entity_id;
