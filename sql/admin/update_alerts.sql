-- Opens alerts that the rules found, keeps those that they found again, and closes the others.
-- Grain: one alert. Reads: alert_rules, alerts; $found, what the rules measured; $limits, the
-- operator's thresholds, of which a null warning switches a rule off; $now; $run_id.
-- An open alert stays open until its value is a tenth of the threshold better, so that one that
-- goes up and down about it is not opened again and again.

create or replace temp table judged_alerts as
with
found as (
    select unnest(
        $found::struct(rule varchar, subject varchar, value double, detail varchar)[],
        recursive := true
    )
),

limits as (
    select unnest(
        $limits::struct(rule varchar, warning double, critical double)[], recursive := true
    )
),

rules as (
    select
        rule.rule,
        if(rule.is_minimum, -1, 1) as sign,
        if(own.rule is null, rule.warning_threshold, own.warning) as warning_threshold,
        if(own.rule is null, rule.critical_threshold, own.critical) as critical_threshold
    from alert_rules as rule
    left join limits as own on rule.rule = own.rule
),

compared as (
    select
        found.*,
        known.alert_id,
        rule.sign * (found.value - rule.warning_threshold)
        + if(known.alert_id is null, 0, 0.1 * abs(rule.warning_threshold)) as above_warning,
        rule.sign * (found.value - rule.critical_threshold)
        + if(known.severity = 'critical', 0.1 * abs(rule.critical_threshold), 0) as above_critical
    from found
    inner join rules as rule on found.rule = rule.rule
    left join alerts as known
        on
            found.rule = known.rule
            and found.subject = known.subject
            and known.closed_at is null
)

select
    rule,
    subject,
    if(above_critical >= 0, 'critical', 'warning') as severity,
    value,
    detail,
    alert_id
from compared
where above_warning >= 0;

update alerts
set closed_at = $now
where
    closed_at is null
    and alert_id not in (
        select judged.alert_id
        from judged_alerts as judged
        where judged.alert_id is not null
    );

update alerts
set
    severity = judged.severity,
    value = judged.value,
    detail = judged.detail,
    last_seen_at = $now
from judged_alerts as judged
where alerts.alert_id = judged.alert_id;

insert into alerts by name
select
    rule,
    subject,
    severity,
    value,
    detail,
    $now as opened_at,
    $now as last_seen_at,
    $run_id as run_id,
    (select coalesce(max(known.alert_id), 0) from alerts as known)
    + row_number() over (order by severity, rule, subject) as alert_id
from judged_alerts
where alert_id is null;
