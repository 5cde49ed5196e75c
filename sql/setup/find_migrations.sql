-- Is the table there that records which migrations a warehouse has had?
-- Grain: one row. Reads: the catalogue.

select count(*) > 0 as is_there
from duckdb_tables()
where database_name = current_database() and table_name = 'migrations';
