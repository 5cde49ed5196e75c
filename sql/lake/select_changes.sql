-- For each table of the lake, the statements that find what changed in it and replace that.
-- Grain: one table. Reads: the catalogues of `lake` and `source`.
-- A part is the rows of one article, one entity or one run; a table without those is one part. What
-- may have no article is of a run. An entity, and what an article has one of, needs no sum. Bodies
-- need no digest of their own: they stand next to their SHA-256. Rows are fetched by their place,
-- so that the bodies of others are not read.

with
tables as (
    select
        described.schema_name || '."' || described.table_name || '"' as full_name,
        list(described.column_name) as column_names,
        bool_or(described.column_name = 'article_id' and described.is_nullable) as is_of_a_run
    from duckdb_columns() as described
    inner join duckdb_tables() as lake_table
        on
            described.schema_name = lake_table.schema_name
            and described.table_name = lake_table.table_name
    where
        described.database_name = 'source'
        and lake_table.database_name = 'lake'
    group by all
),

single_rows as (
    select schema_name || '."' || table_name || '"' as full_name
    from duckdb_constraints()
    where
        database_name = 'source'
        and constraint_type = 'PRIMARY KEY'
        and constraint_column_names in (['article_id'], ['run_id'])
    union all
    select 'ops."entities"' as full_name
),

keys as (
    select
        full_name,
        full_name in (select single.full_name from single_rows as single) as is_single,
        case
            when is_of_a_run then 'if(article_id is null, hash(run_id), hash(article_id))'
            when list_contains(column_names, 'article_id') then 'article_id'
            when list_contains(column_names, 'run_id') then 'hash(run_id)'
            when list_contains(column_names, 'entity_id') then 'hash(entity_id)'
            else 'hash(0)'
        end as key
    from tables
)

select
    replace(full_name, '"', '') as table_name,
    format(
        'create or replace temp table parts as select {1}::ubigint as key, '
        || if(is_single, '{2}', 'hash(sum({2}))')
        || ' as digest from source.{0}'
        || if(is_single, '', ' group by all'),
        full_name,
        key,
        'hash(*columns(lambda name: name <> ''body''))'
    ) as find_parts,
    format('delete from lake.{0} where {1} in (from replaced_parts)', full_name, key)
        as delete_rows,
    format(
        'insert into lake.{0} from source.{0} '
        || 'where rowid in (select rowid from source.{0} where {1} in (from changed_parts))',
        full_name,
        key
    ) as insert_rows,
    format('insert into lake.{0} from source.{0}', full_name) as insert_all
from keys
order by table_name;
