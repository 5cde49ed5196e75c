-- Every reject has a stage and a reason from the program's closed lists.
-- Severity: fail. Grain: one reject. Reads: rejects.

select
    url,
    stage,
    reason
from rejects
where
    not list_contains($stages, stage)
    or not list_contains($reasons, reason);
