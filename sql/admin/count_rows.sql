-- How many rows have the main tables?
-- Grain: one table. Reads: articles, article_versions, captures, entities, mentions, rejects.

select
    'articles' as table_name,
    count(*) as row_count
from articles
union all
select
    'article_versions' as table_name,
    count(*) as row_count
from article_versions
union all
select
    'captures' as table_name,
    count(*) as row_count
from captures
union all
select
    'entities' as table_name,
    count(*) as row_count
from entities
union all
select
    'mentions' as table_name,
    count(*) as row_count
from mentions
union all
select
    'rejects' as table_name,
    count(*) as row_count
from rejects;
