-- Adds the batch's captures that the warehouse lacks.
-- Grain: one answer of the wire. Reads: staged_captures, captures.
-- The known ones are sought by their times first, so that only the newest rows are looked at.

insert into captures by name
with
known_captures as (
    select known.capture_id
    from captures as known
    semi join staged_captures as staged on known.fetched_at = staged.fetched_at
)

select distinct on (staged.capture_id) staged.*
from staged_captures as staged
anti join known_captures as known on staged.capture_id = known.capture_id;
