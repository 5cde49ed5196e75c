-- How complete are the last seven days?
-- Grain: one day. Reads: coverage_by_day.

select
    published_date,
    id_count,
    listed_count,
    loaded_count,
    pending_count,
    rejected_count,
    missing_count,
    unrequested_count,
    loaded_share
from coverage_by_day
order by published_date desc
limit 7;
