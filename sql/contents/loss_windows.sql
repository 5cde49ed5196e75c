-- Where feeds ran on between two polls: every column but clocks and run ids.
-- Grain: one loss window. Reads: loss_windows.

create or replace temp view contents as
select * exclude (polled_before_at, noticed_at, run_id, closed_at)
from loss_windows;
