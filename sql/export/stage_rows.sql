-- The rows of a table or view that isn't of stories; they have no month.
-- Grain: a row of $relation. Reads: $relation.

create or replace temp table exported as
select
    *,
    null::varchar as month
from query_table($relation);
