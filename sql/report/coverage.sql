-- Of the stories that were listed, how many are loaded, waiting, rejected or missing?
-- Grain: a day or week of the period and a state. Reads: coverage_by_day.

with
days as (
    select
        date_trunc($bucket, published_date)::date as published_date,
        sum(loaded_count)::bigint as loaded,
        sum(pending_count)::bigint as waiting,
        sum(rejected_count)::bigint as rejected,
        sum(missing_count)::bigint as missing
    from coverage_by_day
    where published_date >= $period_start_at::date
    group by all
)

select
    published_date,
    unnest(['loaded', 'waiting', 'rejected', 'missing']) as state,
    unnest([loaded, waiting, rejected, missing]) as stories
from days
order by published_date, state;
