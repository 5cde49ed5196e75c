-- Records what the batch brought, and gives it back.
-- Grain: one batch. Reads: brought, loads.
-- A batch that was merged before, by a run that died before it could remove it, keeps its record.

insert into loads by name
select
    brought.*,
    $batch_id as batch_id,
    $run_id as run_id,
    current_timestamp as loaded_at
from brought
on conflict do nothing;

select
    discovered,
    fetched,
    not_modified,
    extracted,
    inserted,
    updated,
    unchanged,
    rejected,
    mentions
from brought;
