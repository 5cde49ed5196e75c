-- What monitoring may ask of the warehouse.
-- Grain: one metric and labels. Reads: runs, loads, captures, rejects, measurements, articles,
-- alerts, alert_rules; $steps and $lengths, how many batches wait for
-- each step; $warehouse_bytes and $free_bytes, on the disk of the data folder.
-- A name that ends in _total only grows, but for what a take-down removes; times are seconds since
-- 1970, so that a query computes the age.

with
queues as (
    select
        unnest($steps::varchar[]) as step,
        unnest($lengths::bigint[]) as batch_count
),

sizes as (
    select
        unnest(['warehouse', 'free']) as part,
        unnest([$warehouse_bytes, $free_bytes]) as byte_count
),

sums as (
    select
        sum(discovered) as discovered,
        sum(extracted) as extracted,
        sum(inserted) as inserted,
        sum(updated) as updated,
        sum(unchanged) as unchanged
    from loads
),

results as (
    select
        unnest(['discovered', 'extracted', 'inserted', 'updated', 'unchanged']) as result,
        unnest([discovered, extracted, inserted, updated, unchanged]) as story_count
    from sums
),

severities as (
    select unnest(['warning', 'critical']) as severity
),

rule_alerts as (
    select
        rule.rule,
        level.severity,
        count(alert.alert_id) as alert_count
    from alert_rules as rule
    cross join severities as level
    left join alerts as alert
        on
            rule.rule = alert.rule
            and level.severity = alert.severity
            and alert.closed_at is null
    group by rule.rule, level.severity
),

descriptions (metric, description) as (
    values
    ('runs_total', 'Runs that ended, by flow and status.'),
    ('last_good_run_timestamp_seconds', 'When an ingest last ended well.'),
    ('newest_story_timestamp_seconds', 'When the newest story was published.'),
    ('articles', 'Stories in the warehouse.'),
    ('stories_total', 'Stories by what loading them came to.'),
    ('requests_total', 'Responses of the site, by HTTP status.'),
    ('response_bytes_total', 'Bytes of the bodies that the site sent.'),
    ('rejects_total', 'What could not be used, by stage and reason.'),
    ('stage_seconds_total', 'Seconds that runs spent in each stage; stages overlap.'),
    ('queued_batches', 'Batches that wait for a step.'),
    ('disk_bytes', 'Bytes on the disk of the data folder: the warehouse, and what is free.'),
    ('open_alerts', 'Open alerts, by rule and severity.')
),

metrics as (
    select
        'runs_total' as metric,
        map { 'flow': flow, 'status': status } as labels,
        count(*)::double as value
    from runs
    where finished_at is not null
    group by flow, status
    union all
    select
        'last_good_run_timestamp_seconds' as metric,
        null as labels,
        epoch(max(finished_at)) as value
    from runs
    where flow = 'ingest' and status in ('completed', 'degraded')
    union all
    select
        'newest_story_timestamp_seconds' as metric,
        null as labels,
        epoch(max(published_at)) as value
    from articles
    union all
    select
        'articles' as metric,
        null as labels,
        count(*) as value
    from articles
    union all
    select
        'stories_total' as metric,
        map { 'result': result } as labels,
        sum(story_count) as value
    from results
    group by result
    union all
    select
        'requests_total' as metric,
        map { 'status': status::varchar } as labels,
        count(*) as value
    from captures
    where claimed_at is null
    group by status
    union all
    select
        'response_bytes_total' as metric,
        null as labels,
        sum(body_bytes) as value
    from captures
    where claimed_at is null
    union all
    select
        'rejects_total' as metric,
        map { 'stage': stage, 'reason': reason } as labels,
        count(*) as value
    from rejects
    group by stage, reason
    union all
    select
        'stage_seconds_total' as metric,
        map { 'stage': name[9:] } as labels,
        sum(value) as value
    from measurements
    where starts_with(name, 'seconds:')
    group by name
    union all
    select
        'queued_batches' as metric,
        map { 'step': step } as labels,
        batch_count as value
    from queues
    union all
    select
        'disk_bytes' as metric,
        map { 'part': part } as labels,
        byte_count as value
    from sizes
    union all
    select
        'open_alerts' as metric,
        map { 'rule': rule, 'severity': severity } as labels,
        alert_count as value
    from rule_alerts
)

select
    'wirehouse_' || found.metric as metric,
    described.description,
    coalesce(found.labels, map([]::varchar[], []::varchar[])) as labels,
    found.value
from metrics as found
inner join descriptions as described on found.metric = described.metric
where found.value is not null
order by found.metric, found.labels::varchar;
