-- How far has this warehouse come?
-- Grain: one row. Reads: migrations, articles, runs.

select
    (select max(migration.version) from migrations as migration) as schema,
    (select count(*) from articles) as stories,
    (select max(run.started_at) from runs as run) as last_run_at;
