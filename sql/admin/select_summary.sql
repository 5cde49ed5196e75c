-- How far has the warehouse come?
-- Grain: one row. Reads: migrations, runs, articles, captures.

select
    (select max(migration.version) from migrations as migration) as schema_version,
    (
        select arg_max(ended.run_id, (ended.finished_at, ended.run_id))
        from runs as ended
        where ended.finished_at is not null
    ) as run_id,
    (select max(run.started_at) from runs as run) as last_run_at,
    (select count(*) from articles) as story_count,
    (select max(article.published_at) from articles as article) as newest_story_at,
    (
        select max(capture.fetched_at)
        from captures as capture
        where capture.fetched_at <= now()
    ) as last_response_at;
