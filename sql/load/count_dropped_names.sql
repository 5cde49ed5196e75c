-- How many names have stories no more since another recogniser went through them?
-- Grain: one row. Reads: dropped_names.

select count(*) as name_count from dropped_names;
