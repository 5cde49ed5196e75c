-- Alerts, the rules that open them, what runs measure for them, and which messages were sent.

create table main.alert_rules (
    rule varchar primary key,
    warning_threshold double not null,
    critical_threshold double,
    is_minimum boolean not null,
    unit varchar not null,
    meaning varchar not null,
    advice varchar not null
);

comment on table main.alert_rules is
'One row per rule that opens alerts, with its default thresholds (seed); sql/alerts measures it.';
comment on column main.alert_rules.rule is
'Its name, as in alerts.rule and in WIREHOUSE_ALERT_THRESHOLDS.';
comment on column main.alert_rules.warning_threshold is 'The value from which on an alert is open.';
comment on column main.alert_rules.critical_threshold is
'The value from which on it is critical; null where it never is.';
comment on column main.alert_rules.is_minimum is
'Whether smaller values are worse, as of the days until the disk is full.';
comment on column main.alert_rules.unit is 'What the value counts.';
comment on column main.alert_rules.meaning is 'What is wrong, in one line.';
comment on column main.alert_rules.advice is 'What to do.';

create table main.alerts (
    alert_id bigint primary key,
    rule varchar not null,
    subject varchar not null,
    severity varchar not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    last_seen_at timestamptz not null,
    value double not null,
    detail varchar not null,
    run_id varchar not null
);

comment on table main.alerts is
'One row per alert: opened once, closed when its rule no longer finds it, and kept.';
comment on column main.alerts.alert_id is 'Its number, from 1.';
comment on column main.alerts.rule is 'The rule that opened it, in alert_rules.';
comment on column main.alerts.subject is
'What it is about: a feed, a provider, or what the rule measures.';
comment on column main.alerts.severity is 'warning or critical, as it was last seen.';
comment on column main.alerts.opened_at is 'When its rule found it first.';
comment on column main.alerts.closed_at is
'When its rule no longer found it; null while it is open.';
comment on column main.alerts.last_seen_at is 'When its rule last found it.';
comment on column main.alerts.value is 'What was measured then, in the unit of its rule.';
comment on column main.alerts.detail is 'What was found then, in one line.';
comment on column main.alerts.run_id is 'The run at whose end it was opened.';

create table ops.alert_messages (
    alert_id bigint not null,
    channel varchar not null,
    event varchar not null,
    tried_at timestamptz not null,
    sent_at timestamptz
);

comment on table ops.alert_messages is
'One row per message on an alert: sent, or tried and to be sent after the next run.';
comment on column ops.alert_messages.alert_id is 'The alert.';
comment on column ops.alert_messages.channel is 'webhook or email.';
comment on column ops.alert_messages.event is
'What it says: that the alert is open as warning or critical, or closed.';
comment on column ops.alert_messages.tried_at is 'When it was last tried.';
comment on column ops.alert_messages.sent_at is
'When the receiver took it; null where none has taken it yet.';

create table ops.measurements (
    run_id varchar not null,
    name varchar not null,
    value double not null,
    measured_at timestamptz not null
);

comment on table ops.measurements is
'One row per run and quantity that it measured on its way.';
comment on column ops.measurements.run_id is 'The run.';
comment on column ops.measurements.name is
'seconds of a stage, such as seconds:load; disk_free_bytes; or clock_skew_seconds.';
comment on column ops.measurements.value is
'How much; the skew is by how much this clock is ahead of the site.';
comment on column ops.measurements.measured_at is 'When the run ended.';
