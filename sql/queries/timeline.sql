-- In how many stories of each month was Kuwait named?
-- Grain: one month, those without a story too. Reads: timeline.

select *
from timeline('Kuwait', bucket := 'month')
order by period_date desc
limit 24;
