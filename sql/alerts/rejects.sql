-- By how much is the share of rejects among the newest results above the usual one?
-- Grain: one row, or none without a usual. Reads: loads, runs; $now.
-- The newest are the last batches of ingests that have 100 results together; the usual is that of
-- four weeks, of 1000 results at least. Stories that have not changed are results, too.

with
newest_loads as (
    select *
    from loads
    where
        loaded_at > $now::timestamptz - interval 28 days
        and run_id in (
            select run.run_id from runs as run
            where run.flow = 'ingest'
        )
),

recent as (
    select
        rejected,
        rejected + extracted + not_modified as result_count,
        sum(rejected + extracted + not_modified) over newest_first as result_number
    from newest_loads
    window
        newest_first as (
            order by loaded_at desc, batch_id desc
            rows unbounded preceding
        )
),

shares as (
    select
        sum(rejected) filter (where result_number - result_count < 100) as new_rejects,
        sum(result_count) filter (where result_number - result_count < 100) as new_results,
        sum(rejected) filter (where result_number - result_count >= 100)
        / sum(result_count) filter (where result_number - result_count >= 100) as usual_share
    from recent
    having sum(result_count) filter (where result_number - result_count >= 100) >= 1000
)

select
    'results' as subject,
    new_rejects / new_results - usual_share as value,
    format(
        '{} of the newest {} could not be used, usually {:.0f} %',
        new_rejects::bigint, new_results::bigint, 100 * usual_share
    ) as detail
from shares;
