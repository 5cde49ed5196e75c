-- What each witness says of when a story was published, and by how many days they differ.
-- Grain: one story. Reads: articles, runs, calibration_segments.
-- A dateline has the agency's day, which is the wire's or, east of it, the next one. Days are those
-- of the wire's clock, whose zone is kept with the run that read the page; in a warehouse that was
-- made again from the archive, which lacks that run, the latest run's zone stands in.

create or replace view date_evidence as
with
latest_run as (
    select arg_max(timezone, started_at) as timezone
    from runs
),

witnesses as (
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
    from articles as article
    asof left join calibration_segments as line on article.article_id >= line.from_id
    left join runs as run on article.run_id = run.run_id
    cross join latest_run
),

witnessed_days as (
    select
        *,
        cast(page_at at time zone timezone as date) as page_date,
        cast(feed_at at time zone timezone as date) as feed_date,
        cast(token_at at time zone timezone as date) as token_date
    from witnesses
),

final as (
    select
        *,
        coalesce(token_date, page_date, feed_date) as wire_date
    from witnessed_days
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
    wire_date,
    page_date - wire_date as page_days,
    feed_date - wire_date as feed_days,
    dateline_date - wire_date as dateline_days,
    round((epoch(published_at) - epoch(id_at)) / 86400, 1) as id_days
from final;

comment on view date_evidence is
'One row per story: what each witness says of its date, so that a wrong one can be traced.';
comment on column date_evidence.article_id is 'The story.';
comment on column date_evidence.published_at is 'The date that it was given.';
comment on column date_evidence.published_at_basis is 'The witness of that.';
comment on column date_evidence.page_at is 'What the page''s printed time says.';
comment on column date_evidence.feed_at is 'What the first feed that dated the story says.';
comment on column date_evidence.token_at is
'Start of the closing token''s day on the wire''s clock.';
comment on column date_evidence.id_at is
'What the id says by today''s calibration; a story dated by its id keeps the estimate of its load.';
comment on column date_evidence.dateline_date is 'What the agency''s own dateline says.';
comment on column date_evidence.wire_date is
'The wire''s own day for it: the token''s, else the page''s, else the feed''s.';
comment on column date_evidence.page_days is 'Days from wire_date to the page''s day; 0 is right.';
comment on column date_evidence.feed_days is 'Days from wire_date to the feed''s day.';
comment on column date_evidence.dateline_days is
'Days from wire_date to the dateline''s; 0 and 1 are right, since agencies lie east of the wire.';
comment on column date_evidence.id_days is 'Days from id_at to published_at.';
