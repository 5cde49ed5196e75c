-- No table holds anything of a story that was taken down.
-- Severity: fail. Grain: one story and table. Reads: tombstones, and every table of stories.
-- id_anchors and feed_polls may have its id, which says nothing: days of ids, and the order of
-- feeds.

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
        event_id as article_id,
        'articles' as table_name
    from articles
    union all
    select
        article_id,
        'event_traits' as table_name
    from event_traits
    union all
    select
        unnest([first_id, second_id]) as article_id,
        'event_pairs' as table_name
    from event_pairs
    union all
    select
        article_id,
        'article_versions' as table_name
    from article_versions
    union all
    select
        article_id,
        'observations' as table_name
    from observations
    union all
    select
        article_id,
        'minhash_bands' as table_name
    from minhash_bands
    union all
    select
        article_id,
        'mentions' as table_name
    from mentions
    union all
    select
        article_id,
        'entity_contexts' as table_name
    from entity_contexts
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
        'quotes' as table_name
    from quotes
    union all
    select
        article_id,
        'annotation_stamps' as table_name
    from annotation_stamps
    union all
    select
        article_id,
        'captures' as table_name
    from captures
    union all
    select
        article_id,
        'listing_entries' as table_name
    from listing_entries
    union all
    select
        article_id,
        'rejects' as table_name
    from rejects
    union all
    select
        article_id,
        'id_day_medians' as table_name
    from id_day_medians
    union all
    select
        article_id,
        'search_terms' as table_name
    from search_terms
    union all
    select
        article_id,
        'article_topics' as table_name
    from article_topics
)

select
    held.article_id,
    held.table_name,
    count(*) as row_count
from held
semi join tombstones on held.article_id = tombstones.article_id
group by held.article_id, held.table_name
order by held.article_id, held.table_name;
