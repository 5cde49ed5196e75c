-- The calibration of ids that came with the program.
-- Grain: one story. Reads: id_anchors.

create or replace temp view contents as
select *
from id_anchors;
