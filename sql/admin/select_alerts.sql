-- Which alerts are open, worst first?
-- Grain: one alert. Reads: alerts, alert_rules.

select
    alert.severity,
    alert.rule,
    alert.subject,
    alert.opened_at,
    alert.detail,
    rule.advice
from alerts as alert
inner join alert_rules as rule on alert.rule = rule.rule
where alert.closed_at is null
order by alert.severity, alert.opened_at, alert.rule, alert.subject;
