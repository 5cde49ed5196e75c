-- How complete is the warehouse, month by month?
-- Grain: one month. Reads: coverage_by_day.

select
    date_trunc('month', published_date) as month,
    sum(loaded_count) as loaded_count,
    sum(id_count) as id_count
from coverage_by_day
group by all
order by month desc
limit 24;
