-- When each story was published by each source, and by how many days the sources differ.
-- Grain: one story. Reads: articles, runs, calibration_segments.
-- A dateline has the agency's day, which is the site's or, east of it, the next one. Days are those
-- of the site's time zone, which is kept with the run that extracted the page; a warehouse that was
-- rebuilt from the archive lacks that run, so the latest run's zone is used there.

create or replace view date_evidence as
with
latest_run as (
    select arg_max(timezone, started_at) as timezone
    from runs
),

candidates as (
    select
        article.article_id,
        article.published_at,
        article.published_at_basis,
        article.page_at,
        article.feed_at,
        article.token_at,
        line.starts_at + (line.ends_at - line.starts_at) * (
            (article.article_id - line.first_id) / (line.last_id - line.first_id)
        ) as id_at,
        article.dateline_date,
        coalesce(run.timezone, latest_run.timezone) as timezone
    from ops.articles as article
    asof left join ops.calibration_segments as line on article.article_id >= line.from_id
    left join runs as run on article.run_id = run.run_id
    cross join latest_run
),

candidate_days as (
    select
        *,
        cast(page_at at time zone timezone as date) as page_date,
        cast(feed_at at time zone timezone as date) as feed_date,
        cast(token_at at time zone timezone as date) as token_date
    from candidates
),

final as (
    select
        *,
        coalesce(token_date, page_date, feed_date) as site_date
    from candidate_days
)

select
    article_id,
    published_at,
    published_at_basis,
    page_at,
    feed_at,
    token_at,
    id_at,
    dateline_date,
    site_date,
    page_date - site_date as page_days,
    feed_date - site_date as feed_days,
    dateline_date - site_date as dateline_days,
    round((epoch(published_at) - epoch(id_at)) / 86400, 1) as id_days
from final;

comment on view date_evidence is
'One row per story: its date by each source, to find out why a date is wrong.';
comment on column date_evidence.article_id is 'The story.';
comment on column date_evidence.published_at is 'The date in articles.';
comment on column date_evidence.published_at_basis is
'The source of that date: page, feed, token or article_id.';
comment on column date_evidence.page_at is 'The time printed on the page.';
comment on column date_evidence.feed_at is 'The time in the first feed that dated the story.';
comment on column date_evidence.token_at is
'Start of the day in menafn_token, in the site''s time zone.';
comment on column date_evidence.id_at is
'The estimate from the id by today''s calibration; published_at keeps the one of its load.';
comment on column date_evidence.dateline_date is 'The day in the agency''s own dateline.';
comment on column date_evidence.site_date is
'The site''s day for it: the token''s, else the page''s, else the feed''s.';
comment on column date_evidence.page_days is 'Days from site_date to the page''s day; 0 is right.';
comment on column date_evidence.feed_days is 'Days from site_date to the feed''s day.';
comment on column date_evidence.dateline_days is
'Days from site_date to the dateline''s; 0 and 1 are right: agencies lie east of the site.';
comment on column date_evidence.id_days is 'Days from id_at to published_at.';
