-- With whom each person is named: all of it.
-- Grain: one person and article. Reads: entity_contexts.

create or replace temp view contents as
select *
from entity_contexts;
