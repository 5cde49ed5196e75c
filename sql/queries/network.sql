-- Which edges has the network of those who are named together, for Gephi and the like?
-- Grain: one pair of persons. Reads: entity_pairs.

select
    name as source,
    other_name as target,
    story_count as weight
from entity_pairs
where type = 'person' and other_type = 'person' and entity_id < other_id
order by weight desc, source asc, target asc
limit 100;
