-- Which messages on alerts has a channel still to send?
-- Grain: one alert. Reads: alerts, alert_rules, alert_messages, runs; $channel; $now.
-- An open alert is a message of its severity, so that one that becomes critical is another. That it
-- closed is one where its opening was sent or tried, and for a week.

with
tried as (
    select
        alert_id,
        event,
        sent_at
    from alert_messages
    where channel = $channel
),

events as (
    select
        *,
        if(closed_at is null, severity, 'closed') as event
    from alerts
    where
        closed_at is null
        or (
            closed_at > $now::timestamptz - interval 7 days
            and alert_id in (select known.alert_id from tried as known)
        )
)

select
    alert.alert_id,
    alert.event,
    alert.rule,
    alert.subject,
    alert.severity,
    alert.opened_at,
    alert.closed_at,
    alert.value,
    rule.unit,
    rule.meaning,
    rule.advice,
    alert.detail,
    failed.detail as cause
from events as alert
inner join alert_rules as rule on alert.rule = rule.rule
left join tried
    on
        alert.alert_id = tried.alert_id
        and alert.event = tried.event
        and tried.sent_at is not null
left join runs as failed
    on
        regexp_extract(alert.detail, '^run ([^ ]+) is', 1) = failed.run_id
        and alert.rule = 'run_failing'
where tried.alert_id is null
order by alert.alert_id;
