-- A month of the staged table.
-- Grain: one row. Reads: exported; $month.

select *
from exported
where month is not distinct from $month;
