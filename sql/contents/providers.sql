-- The settled spellings.
-- Grain: one provider. Reads: providers.

create or replace temp view contents as
select *
from providers;
