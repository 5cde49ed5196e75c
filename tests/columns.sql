-- Every table and view of the warehouse with its columns, types and comments.
-- Grain: one column. Reads: DuckDB's catalogue.

with
relations as (
    select
        schema_name,
        table_name as relation_name,
        'table' as relation_kind,
        comment as relation_comment
    from duckdb_tables()
    where not internal and not temporary
    union all
    select
        schema_name,
        view_name as relation_name,
        'view' as relation_kind,
        comment as relation_comment
    from duckdb_views()
    where not internal and not temporary
),

primary_keys as (
    select
        schema_name,
        table_name as relation_name,
        unnest(constraint_column_names) as column_name
    from duckdb_constraints()
    where constraint_type = 'PRIMARY KEY'
)

select
    relation.relation_kind,
    if(relation.schema_name = 'main', '', relation.schema_name || '.')
    || relation.relation_name as relation_name,
    relation.relation_comment,
    detail.column_name,
    lower(detail.data_type) as data_type,
    detail.is_nullable,
    primary_key.column_name is not null as is_key,
    detail.comment as column_comment
from relations as relation
inner join duckdb_columns() as detail
    on
        relation.schema_name = detail.schema_name
        and relation.relation_name = detail.table_name
        and not detail.internal
left join primary_keys as primary_key
    on
        relation.schema_name = primary_key.schema_name
        and relation.relation_name = primary_key.relation_name
        and detail.column_name = primary_key.column_name
order by relation.relation_kind, relation_name, detail.column_index;
