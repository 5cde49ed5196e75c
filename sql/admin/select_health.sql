-- Which alerts are open, worst first, with some rules as they were measured just now?
-- Grain: one alert. Reads: alerts, alert_rules, judged_alerts; $rules, those measured now.

with
current_alerts as (
    select
        alert.severity,
        alert.rule,
        alert.subject,
        alert.opened_at,
        alert.detail
    from alerts as alert
    where alert.closed_at is null and not list_contains($rules::varchar[], alert.rule)
    union all
    select
        judged.severity,
        judged.rule,
        judged.subject,
        known.opened_at,
        judged.detail
    from judged_alerts as judged
    left join alerts as known on judged.alert_id = known.alert_id
)

select
    alert.severity,
    alert.rule,
    alert.subject,
    alert.opened_at,
    alert.detail,
    rule.advice
from current_alerts as alert
inner join alert_rules as rule on alert.rule = rule.rule
order by alert.severity, alert.opened_at, alert.rule, alert.subject;
