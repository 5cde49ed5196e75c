-- `fresh` and `fresh_texts`: the stories whose texts are checked.
-- Grain: one story. Reads: articles, loads.
-- Those that were read in the runs whose batches this run loaded, or all of them ($everything), so
-- that a check costs what the run brought and not what the warehouse holds. The texts are copied,
-- since DuckDB would else digest every body of the warehouse before choosing the stories.

create or replace temp table fresh as
with
loaded_runs as (
    select distinct regexp_extract(batch_id, '^(.*)-[^-]*$', 1) as run_id
    from loads
    where run_id = $run_id
)

select article_id
from articles
where
    $everything
    or run_id in (select loaded.run_id from loaded_runs as loaded)
    or run_id = $run_id;

create or replace temp table fresh_texts as
select
    article.article_id,
    article.title,
    article.body,
    article.body_sha256
from articles as article
semi join fresh on article.article_id = fresh.article_id;
