-- What a copy for readers says of itself: its schema, the run it was published by, its newest
-- story.
-- Grain: one row. Reads: migrations, runs, articles.

select
    (select max(applied.version) from migrations as applied) as schema_version,
    (
        select arg_max(ended.run_id, (ended.finished_at, ended.run_id))
        from runs as ended
        where ended.finished_at is not null
    ) as run_id,
    (select max(article.published_at) from articles as article) as newest_story_at;
