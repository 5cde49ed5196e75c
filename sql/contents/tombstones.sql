-- Which stories were taken down, and why: every column but the clocks.
-- Grain: one story. Reads: tombstones.

create or replace temp view contents as
select * exclude (forgotten_at, erased_at)
from tombstones;
