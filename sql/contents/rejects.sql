-- What could not be used and why, each once: a run that carries on refuses again what the one
-- before it had refused and not yet loaded.
-- Grain: one thing and reason. Reads: rejects.

create or replace temp view contents as
select distinct rejects.* exclude (run_id, rejected_at)
from rejects;
