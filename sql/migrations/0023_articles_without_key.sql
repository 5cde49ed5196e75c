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
        move.step,
        move.statement
    from
        (
            values
            (1, 'create temp table kept_articles as from ops.articles order by article_id'),
            (2, 'drop table ops.articles'),
            (4, 'insert into ops.articles from kept_articles'),
            (5, 'drop table kept_articles')
        ) as move (step, statement)
    union all
    select
        3 as step,
        replace(sql, ' PRIMARY KEY', ' NOT NULL') as statement
    from duckdb_tables()
    where database_name = current_database() and schema_name = 'ops' and table_name = 'articles'
    union all
    select
        6 as step,
        format('comment on {} is ''{}''', subject, replace(comment, '''', '''''')) as statement
    from comments
    where comment is not null
)

select statement
from statements
order by step;
