-- What can be queried: every public table, view and macro.
-- Grain: one of them; a macro's columns are its parameters. Reads: DuckDB's catalogue.

with
relations as (
    select
        'table' as kind,
        table_name as name,
        column_count,
        comment as meaning
    from duckdb_tables()
    where schema_name = 'main' and not internal
    union all
    select
        'view' as kind,
        view_name as name,
        column_count,
        comment as meaning
    from duckdb_views()
    where schema_name = 'main' and not internal
    union all
    select
        'macro' as kind,
        function_name || '(' || array_to_string(parameters, ', ') || ')' as name,
        null as column_count,
        comment as meaning
    from duckdb_functions()
    where
        schema_name = 'main'
        and database_name = current_database()
        and not internal
)

select
    name,
    kind,
    column_count as columns,
    meaning
from relations
order by kind <> 'table', kind <> 'view', name;
