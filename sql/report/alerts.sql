-- What has been wrong with the site, the runs and the machine?
-- Grain: one alert that is open, or closed in the 28 days before the last run. Reads: alerts,
-- alert_rules, runs.

select
    alert.severity,
    if(alert.closed_at is null, 'open', 'closed') as state,
    alert.rule,
    rule.meaning,
    alert.subject,
    alert.detail,
    alert.opened_at,
    alert.closed_at,
    rule.advice as what_to_do
from alerts as alert
inner join alert_rules as rule on alert.rule = rule.rule
where
    alert.closed_at is null
    or alert.closed_at > (select max(run.started_at) - interval 28 days from runs as run)
order by alert.closed_at is not null asc, alert.severity asc, alert.opened_at desc
limit 50;
