-- Writes which stories are of one event.
-- Grain: one story. Reads: articles; $events, as JSON, since DuckDB plans a parameter that is a
-- long list slowly.

update articles
set event_id = found.event_id
from (
    select
        unnest(
            from_json($events, '[{"article_id": "bigint", "event_id": "bigint"}]'),
            recursive := true
        )
) as found
where
    articles.article_id = found.article_id
    and articles.event_id is distinct from found.event_id;
