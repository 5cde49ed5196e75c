-- The columns of one public table or view, in their order.
-- Grain: one column. Reads: $relation; DuckDB's catalogue.

select
    column_name as name,
    lower(data_type) as type,
    comment as meaning
from duckdb_columns()
where
    schema_name = 'main'
    and not internal
    and table_name = lower($relation)
order by column_index;
