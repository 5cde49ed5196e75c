-- Where feeds ran on between two polls: every column but clocks and run ids.
-- Grain: one feed gap. Reads: feed_gaps.

create or replace temp view contents as
select * exclude (previous_polled_at, detected_at, run_id, closed_at)
from feed_gaps;
