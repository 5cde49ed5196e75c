-- The statements that make the public tables in a lake, with their comments.
-- Grain: one statement. Reads: the catalogue of `source`, the readers' copy.
-- Those of schema ops are made that views read. The search index isn't: it's larger than everything
-- else, and object storage is no place to look words up in.

with
view_texts as (
    select sql as view_text
    from duckdb_views()
    where database_name = 'source'
    union all
    select macro_definition as view_text
    from duckdb_functions()
    where database_name = 'source'
),

sources as (
    select distinct unnest(regexp_extract_all(view_text, '\bops\."?([a-z_]+)', 1)) as table_name
    from view_texts
),

public_tables as (
    select *
    from duckdb_tables()
    where
        database_name = 'source'
        and (
            schema_name = 'main'
            or table_name in (select source_table.table_name from sources as source_table)
        )
        and table_name <> 'search_terms'
),

names as (
    select
        table_oid,
        comment as note,
        schema_name || '."' || table_name || '"' as full_name
    from public_tables
),

statements as (
    select
        0 as place,
        'create schema if not exists lake.ops' as statement
    union all
    select
        1 as place,
        format('create table lake.{0} as from source.{0} limit 0', full_name) as statement
    from names
    union all
    select
        2 as place,
        format(
            'comment on table lake.{0} is ''{1}''', full_name, replace(note, '''', '''''')
        ) as statement
    from names
    where note is not null
    union all
    select
        2 as place,
        format(
            'comment on column lake.{0}."{1}" is ''{2}''',
            names.full_name,
            described.column_name,
            replace(described.comment, '''', '''''')
        ) as statement
    from duckdb_columns() as described
    inner join names on described.table_oid = names.table_oid
    where
        described.database_name = 'source'
        and described.comment is not null
)

select statement
from statements
order by
    place asc,
    statement asc;
