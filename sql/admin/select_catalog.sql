-- Everything that the connection's database defines, so that two of one schema give the same rows.
-- Grain: one object, or column or constraint of one. Reads: DuckDB's catalogue.
-- Views have no definition here: DuckDB prints one in other words once it was stored.

with
objects as (
    select
        'table' as kind,
        table_name as name,
        database_name,
        schema_name
    from duckdb_tables()
    where not internal

    union all by name

    select
        'column' as kind,
        table_name || '.' || column_name as name,
        concat_ws(' ', data_type, is_nullable, column_default) as definition,
        database_name,
        schema_name
    from duckdb_columns()
    where not internal

    union all by name

    select
        'constraint' as kind,
        table_name as name,
        constraint_text as definition,
        database_name,
        schema_name
    from duckdb_constraints()

    union all by name

    select
        'view' as kind,
        view_name as name,
        database_name,
        schema_name
    from duckdb_views()
    where not internal

    union all by name

    select
        'function' as kind,
        function_name as name,
        macro_definition as definition,
        database_name,
        schema_name
    from duckdb_functions()
    where not internal

    union all by name

    select
        'index' as kind,
        index_name as name,
        sql as definition,
        database_name,
        schema_name
    from duckdb_indexes()

    union all by name

    select
        'sequence' as kind,
        sequence_name as name,
        sql as definition,
        database_name,
        schema_name
    from duckdb_sequences()

    union all by name

    select
        'type' as kind,
        type_name as name,
        logical_type as definition,
        database_name,
        schema_name
    from duckdb_types()
    where not internal

    union all by name

    select
        'schema' as kind,
        schema_name as name,
        database_name,
        schema_name
    from duckdb_schemas()
    where not internal
)

select
    kind,
    schema_name || '.' || name as name,
    definition
from objects
where database_name = current_database()
order by all;
