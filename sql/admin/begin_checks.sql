-- `fresh` and `fresh_texts`: the stories whose texts are checked, with their first and last id in
-- variables; `layout_windows`: the stretches of pages whose layouts are.
-- Grain: one story; one stretch. Reads: articles, article_versions, loads, runs.
-- Fresh is what was read in the runs whose batches were loaded since the last publication, or
-- everything ($everything): a check costs what readers don't have yet and not what the warehouse
-- holds, and what kept one run from publishing is looked at again by the next. The texts are
-- copied, since DuckDB would else digest every body of the warehouse before choosing the stories.

create or replace temp table fresh as
with
-- a publication by a clock that was ahead would hide what was loaded since
last_publication as (
    select max(finished_at) as finished_at
    from runs
    where publish_seconds is not null and finished_at <= now()
),

loaded_runs as (
    select distinct regexp_extract(load.batch_id, '^(.*)-[^-]*$', 1) as run_id
    from loads as load
    cross join last_publication
    where load.loaded_at > coalesce(last_publication.finished_at, '-infinity'::timestamptz)
)

select article_id
from articles
where
    $everything
    or run_id in (select loaded.run_id from loaded_runs as loaded);

set variable first_fresh_id = (
    select min(story.article_id)
    from fresh as story
);

set variable last_fresh_id = (
    select max(story.article_id)
    from fresh as story
);

create or replace temp table fresh_texts as
select
    article.article_id,
    article.title,
    article.body,
    article.body_sha256
from articles as article
semi join fresh on article.article_id = fresh.article_id;

-- The newest fifty, however few a run brings, show a change of the site within hours; all fresh
-- ones together keep it from being published once fifty good pages have come after it.
create or replace temp table layout_windows as
with
newest as (
    select article_id
    from article_versions
    order by seen_at desc, article_id desc
    limit 50
),

pages as (
    select
        'newest' as stretch,
        article.extractor_version
    from articles as article
    semi join newest on article.article_id = newest.article_id
    union all
    select
        'unpublished' as stretch,
        article.extractor_version
    from articles as article
    semi join fresh on article.article_id = fresh.article_id
)

select
    stretch,
    count(*) as page_count,
    count(*) filter (where contains(extractor_version, 'layout=unknown')) as unknown_count
from pages
group by stretch;
