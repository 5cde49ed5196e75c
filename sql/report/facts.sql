-- What the warehouse holds, how fresh it is, and the period that the page is about.
-- Grain: one row. Reads: articles, article_versions, mentions, rejects, runs,
-- alerts.
-- The period is the 28 days up to the newest story, or longer, so that it has 200 stories; its
-- charts have a bar a day, or a week where days would be too many.

with
newest as (
    select
        max(article.published_at) as newest_story_at,
        least(
            max(article.published_at) - interval 28 days,
            list_min(max(article.published_at, 200))
        ) as period_start_at
    from articles as article
)

select
    (select count(*) from articles) as story_count,
    (select count(distinct article.provider) from articles as article) as provider_count,
    (
        select count(*)
        from article_versions as article_version
        where article_version.version > 1
    ) as revision_count,
    (select count(*) from mentions) as mention_count,
    (select count(*) from rejects) as reject_count,
    newest.newest_story_at,
    newest.period_start_at,
    if(newest.newest_story_at - newest.period_start_at > interval 60 days, 'week', 'day') as bucket,
    (
        select arg_max(run.status, run.started_at)
        from runs as run
        where run.finished_at is not null
    ) as last_run_status,
    (select max(run.finished_at) from runs as run) as last_run_at,
    (
        select count(*)
        from alerts as alert
        where alert.closed_at is null
    ) as open_alert_count
from newest;
