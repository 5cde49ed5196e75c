-- Notes that a message on an alert was sent, or tried ($sent_at null).
-- Grain: one message. Reads: alert_messages.

delete from alert_messages
where alert_id = $alert_id and channel = $channel and event = $event;

insert into alert_messages by name
select
    $alert_id as alert_id,
    $channel as channel,
    $event as event,
    $now as tried_at,
    $sent_at as sent_at;
