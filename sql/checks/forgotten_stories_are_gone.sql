-- No table holds anything of a story that was taken down.
-- Severity: fail. Grain: one story and table. Reads: forgotten, and every table of stories.
-- id_dates and feed_polls may have its id, which says nothing: days of ids, and the order of feeds.

with
held as (
    select
        article_id,
        'articles' as table_name
    from articles
    union all
    select
        cluster_id as article_id,
        'articles' as table_name
    from articles
    union all
    select
        article_id,
        'article_versions' as table_name
    from article_versions
    union all
    select
        article_id,
        'cluster_bands' as table_name
    from cluster_bands
    union all
    select
        article_id,
        'mentions' as table_name
    from mentions
    union all
    select
        article_id,
        'appearances' as table_name
    from appearances
    union all
    select
        first_article_id as article_id,
        'entities' as table_name
    from entities
    union all
    select
        article_id,
        'article_figures' as table_name
    from article_figures
    union all
    select
        article_id,
        'recognitions' as table_name
    from recognitions
    union all
    select
        article_id,
        'captures' as table_name
    from captures
    union all
    select
        article_id,
        'sightings' as table_name
    from sightings
    union all
    select
        article_id,
        'rejects' as table_name
    from rejects
    union all
    select
        article_id,
        'id_days' as table_name
    from id_days
)

select
    held.article_id,
    held.table_name,
    count(*) as row_count
from held
semi join forgotten on held.article_id = forgotten.article_id
group by held.article_id, held.table_name
order by held.article_id, held.table_name;
