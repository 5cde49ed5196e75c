-- `affected_windows`: every feed gap, since refusals come into a rebuilt warehouse last.
-- Grain: one feed gap. Reads: feed_gaps.

create or replace temp table affected_windows as
select
    feed_url,
    detected_at,
    first_id,
    last_id
from feed_gaps;
