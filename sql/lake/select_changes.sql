-- For each table of the lake, the statements that find what changed in it and replace that.
-- Grain: one table. Reads: the catalogue of `lake`.
-- A part is the rows of one article, one entity or one run; a table without those is one part.
-- Its key is a hash, which is a fifth of the work of a text; an entity is one row, so that nothing
-- need be summed up. Bodies need no digest of their own: they stand next to their SHA-256.

with
tables as (
    select
        schema_name || '."' || table_name || '"' as full_name,
        list(column_name) as column_names
    from duckdb_columns()
    where
        database_name = 'lake'
        and table_oid in (select lake_table.table_oid from duckdb_tables() as lake_table)
    group by all
),

keys as (
    select
        full_name,
        case
            when list_has_all(column_names, ['article_id', 'run_id'])
                then 'if(article_id is null, hash(run_id), hash(article_id))'
            when list_contains(column_names, 'article_id') then 'hash(article_id)'
            when list_contains(column_names, 'run_id') then 'hash(run_id)'
            when list_contains(column_names, 'entity_id') then 'hash(entity_id)'
            else 'hash(0)'
        end as key
    from tables
)

select
    full_name,
    format(
        if(
            key = 'hash(entity_id)',
            'insert into parts select ''{0}'', {1}, hash(*columns(*)) from source.{0}',
            'insert into parts select ''{0}'', {1}, '
            || '(sum(hash(*columns(lambda name: name <> ''body''))) % 18446744073709551557) '
            || 'from source.{0} group by all'
        ),
        full_name,
        key
    ) as find_parts,
    format(
        'delete from lake.{0} where {1} in (select key from replaced_parts)', full_name, key
    ) as delete_rows,
    format(
        'insert into lake.{0} from source.{0} where {1} in (select key from changed_parts)',
        full_name,
        key
    ) as insert_rows,
    format('insert into lake.{0} from source.{0}', full_name) as insert_all
from keys
order by full_name;
