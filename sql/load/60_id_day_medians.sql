-- Computes `id_day_medians` again for the days whose stories changed.
-- Grain: one day. Reads: changed_times, articles.
-- Each day's row follows from the articles alone, so the order of loading makes no difference.

create or replace temp table affected_days as
with
-- the token's noon may be the next day in UTC
moments as (
    select unnest([published_at, published_at + interval 12 hours]) as happened_at
    from changed_times
)

select distinct cast(happened_at at time zone 'UTC' as date) as published_date
from moments
where happened_at is not null;

delete from id_day_medians
where published_date in (select affected.published_date from affected_days as affected);

insert into id_day_medians by name
with
dated_stories as (
    select
        article_id,
        case
            when published_at_basis = 'token' then published_at + interval 12 hours
            else published_at
        end as dated_at
    from articles
    where
        published_at_basis <> 'article_id'
        and published_at
        >= (select min(affected.published_date) - interval 1 day from affected_days as affected)
        and published_at
        < (select max(affected.published_date) + interval 1 day from affected_days as affected)
),

placed_stories as (
    select
        article_id,
        dated_at,
        cast(dated_at at time zone 'UTC' as date) as published_date
    from dated_stories
)

select
    placed.published_date,
    quantile_disc(placed.article_id, 0.5) as article_id,
    quantile_disc(placed.dated_at, 0.5) as published_at,
    count(*) as story_count
from placed_stories as placed
semi join affected_days as affected on placed.published_date = affected.published_date
group by placed.published_date;
