-- Takes the primary key off the articles: where a table has one, every checkpoint writes the last
-- row group anew as a whole, with its texts. A check looks for doubles instead.

with
comments as (
    select
        'table ops.articles' as subject,
        comment
    from duckdb_tables()
    where database_name = current_database() and schema_name = 'ops' and table_name = 'articles'
    union all
    select
        format('column ops.articles.{}', column_name) as subject,
        comment
    from duckdb_columns()
    where database_name = current_database() and schema_name = 'ops' and table_name = 'articles'
),

statements as (
    select
        1 as step,
        unnest([
            'create temp table kept_articles as from ops.articles order by article_id',
            'drop table ops.articles',
            replace(sql, ' PRIMARY KEY', ' NOT NULL'),
            'insert into ops.articles from kept_articles',
            'drop table kept_articles'
        ]) as statement
    from duckdb_tables()
    where database_name = current_database() and schema_name = 'ops' and table_name = 'articles'
    union all
    select
        2 as step,
        format('comment on {} is ''{}''', subject, replace(comment, '''', '''''')) as statement
    from comments
    where comment is not null
)

select statement
from statements
order by step;
