-- What feeds showed, each different answer once: a run that finds another half done polls again.
-- Grain: one feed and different answer. Reads: feed_polls, captures.

create or replace temp view contents as
with
answered as (
    select
        poll.*,
        answer.payload_sha256
    from feed_polls as poll
    left join captures as answer on poll.capture_id = answer.capture_id
)

select distinct answered.* exclude (polled_at, capture_id, run_id)
from answered;
