-- Takes over what the former warehouse knows and the archive doesn't: how runs went, what was
-- rejected without a response or before a request, alerts, and the decisions on entities.
-- Grain: one run, one alert, one batch, one run and rejected thing, one pair of entities.
-- Reads: former.
-- For the runs that the former warehouse knows, its own record of discovery and fetch counts.

insert into runs by name
select *
from former.runs
on conflict do nothing;

insert into alerts by name
select *
from former.alerts;

insert into alert_messages by name
select *
from former.ops.alert_messages;

insert into measurements by name
select *
from former.ops.measurements;

insert into loads by name
select *
from former.ops.loads
on conflict do nothing;

insert into entity_decisions by name
select *
from former.ops.entity_decisions;

delete from rejects
where
    stage in ('discover', 'fetch')
    and run_id in (select known.run_id from former.runs as known);

insert into rejects by name
select *
from former.rejects
where stage in ('discover', 'fetch');

update rejects
set rejected_at = known.rejected_at
from former.rejects as known
where
    rejects.stage in ('read', 'load')
    and rejects.run_id = known.run_id
    and rejects.stage = known.stage
    and rejects.url = known.url
    and rejects.reason = known.reason;
