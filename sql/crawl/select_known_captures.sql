-- Which of these responses does the warehouse have?
-- Grain: one response. Reads: captures, $capture_ids.

select capture_id
from captures
where capture_id in (select unnest($capture_ids::varchar[]));
