-- Adds the batch's captures that the warehouse lacks.
-- Grain: one answer of the wire. Reads: staged_captures, captures.
-- Equal times are joined too, so that only the newest row groups are looked at.

insert into captures by name
select distinct on (staged.capture_id) staged.*
from staged_captures as staged
anti join captures as known
    on
        staged.fetched_at = known.fetched_at
        and staged.capture_id = known.capture_id;
