-- Which entities may be one: every column but the clock.
-- Grain: one pair. Reads: entity_candidates.

create or replace temp view contents as
select * exclude (found_at)
from entity_candidates;
