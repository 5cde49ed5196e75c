-- How complete are the last seven days?
-- Grain: one day. Reads: coverage_by_day.

select
    published_date,
    id_count,
    sighted_count,
    known_count,
    waiting_count,
    refused_count,
    gone_count,
    untried_count,
    known_share
from coverage_by_day
order by published_date desc
limit 7;
