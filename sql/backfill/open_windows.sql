-- Is any loss window open?
-- Grain: one row. Reads: loss_windows.

select count(*) as window_count
from loss_windows
where closed_at is null;
