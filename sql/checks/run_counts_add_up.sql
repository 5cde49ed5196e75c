-- The readings of a batch are each inserted, updated, unchanged or rejected, and nothing is lost.
-- Severity: fail. Grain: one batch. Reads: loads.

select
    batch_id,
    extracted,
    inserted,
    updated,
    unchanged,
    rejected
from loads
where
    unchanged < 0
    or inserted + updated + unchanged > extracted
    or extracted - inserted - updated - unchanged > rejected;
