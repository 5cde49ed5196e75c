-- What it costs to give readers their copy.
-- Grain: one run. Reads: nothing.

alter table runs add column publish_seconds double;

comment on column runs.publish_seconds is
'Seconds it took to put the readers'' copy in place; null in the copy itself, until the next one.';
