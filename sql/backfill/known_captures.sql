-- Which of these answers does the warehouse have?
-- Grain: one answer. Reads: captures, $capture_ids.

select capture_id
from captures
where capture_id in (select unnest($capture_ids::varchar[]));
