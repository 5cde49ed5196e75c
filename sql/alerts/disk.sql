-- In how many days will the disk be full?
-- Grain: one row. Reads: measurements, captures; $now; $free_bytes of the data folder's disk;
-- $warehouse_bytes, the size of the warehouse, of which publishing needs room for a copy.
-- The pace is the greater of two, over up to a week: what the archive took in, and by how much the
-- free space shrank. Less than a day of history has no pace, and less room than for two copies of
-- the warehouse and 200 MiB counts as no day left.

with
measured as (
    select
        max(measured_at) as measured_at,
        epoch(max(measured_at) - min(measured_at)) / 86400 as days,
        min_by(value, measured_at) - max_by(value, measured_at) as lost_bytes
    from measurements
    where name = 'disk_free_bytes' and measured_at > $now::timestamptz - interval 7 days
    having max(measured_at) - min(measured_at) >= interval 1 day
),

archived as (
    select
        epoch($now::timestamptz - min(fetched_at)) / 86400 as days,
        sum(body_bytes) as added_bytes
    from captures
    where fetched_at > $now::timestamptz - interval 7 days
    having $now::timestamptz - min(fetched_at) >= interval 1 day
),

paces as (
    select
        greatest(
            0,
            (select pace.lost_bytes / pace.days from measured as pace),
            (select pace.added_bytes / pace.days from archived as pace)
        ) as daily_bytes
)

select
    'disk' as subject,
    if(
        $free_bytes < 2 * $warehouse_bytes + 200 * 1024 * 1024,
        0,
        least($free_bytes / nullif(daily_bytes, 0), 9999)
    ) as value,
    format(
        '{:.1f} GiB free, {:.2f} GiB a day', $free_bytes / 1024 ^ 3, daily_bytes / 1024 ^ 3
    ) as detail
from paces;
