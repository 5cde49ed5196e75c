-- What checks found when runs ended.
-- Grain: one run and check. Reads: ops.measurements, where a finding is check:<severity>:<check>.

create or replace view check_findings as
select
    run_id,
    split_part(name, ':', 3) as check_name,
    split_part(name, ':', 2) as severity,
    cast(value as bigint) as row_count,
    measured_at as found_at
from ops.measurements
where starts_with(name, 'check:');

comment on view check_findings is
'One row per run and check of sql/checks whose claim did not hold when the run ended.';
comment on column check_findings.run_id is 'The run, in runs.';
comment on column check_findings.check_name is 'The claim: RUNBOOK.md says what to do about each.';
comment on column check_findings.severity is
'fail: nothing was published; warn: a person should look.';
comment on column check_findings.row_count is 'Rows that break the claim.';
comment on column check_findings.found_at is 'When the run ended.';
