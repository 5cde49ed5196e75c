-- Who and what is named: every column but the clock.
-- Grain: one entity. Reads: entities.

create or replace temp view contents as
select * exclude (first_seen_at)
from entities;
