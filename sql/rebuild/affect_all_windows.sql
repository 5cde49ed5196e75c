-- `affected_windows`: every loss window, since refusals come into a rebuilt warehouse last.
-- Grain: one loss window. Reads: loss_windows.

create or replace temp table affected_windows as
select
    feed_url,
    noticed_at,
    first_id,
    last_id
from loss_windows;
