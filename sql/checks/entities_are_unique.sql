-- No entity is listed twice, and each is of a known type.
-- Severity: fail. Grain: one entity. Reads: entities.

select entity_id
from entities
group by entity_id
having count(*) > 1 or bool_or(type not in ('person', 'organization', 'place'));
