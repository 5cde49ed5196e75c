-- Which public tables and views are exported?
-- Grain: one table or view. Reads: DuckDB's catalogue.
-- entity_pairs is not: it has 250 rows a story, all of which follow from mentions.

select
    table_name,
    bool_or(column_name = 'article_id') as has_stories
from duckdb_columns()
where
    schema_name = 'main'
    and not internal
    and table_name <> 'entity_pairs'
group by table_name
order by table_name;
