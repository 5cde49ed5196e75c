-- The meaning of each reason: every column.
-- Grain: one reason. Reads: reject_reasons.

create or replace temp view contents as
select *
from reject_reasons;
