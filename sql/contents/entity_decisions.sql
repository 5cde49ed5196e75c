-- What readers have ruled: every column but the clock.
-- Grain: one pair. Reads: entity_decisions.

create or replace temp view contents as
select * exclude (decided_at)
from entity_decisions;
