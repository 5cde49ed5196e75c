-- By how many seconds does this machine's clock differ from the site's?
-- Grain: one row, or none where no response of the last day had a date. Reads: measurements; $now.

with
newest as (
    select max_by(value, measured_at) as seconds
    from measurements
    where name = 'clock_skew_seconds' and measured_at > $now::timestamptz - interval 1 day
)

select
    'clock' as subject,
    abs(seconds) as value,
    format('{:.0f} seconds {} the site', abs(seconds), if(seconds > 0, 'ahead of', 'behind'))
        as detail
from newest
where seconds is not null;
