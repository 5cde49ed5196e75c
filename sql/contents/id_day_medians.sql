-- The calibration of ids that the stories gave.
-- Grain: one day. Reads: id_day_medians.

create or replace temp view contents as
select *
from id_day_medians;
