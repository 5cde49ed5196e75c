-- The calibration of ids: straight lines from each dated point of their sequence to the next.
-- Grain: one line. Reads: id_anchors, id_day_medians.
-- The points are the medians of days with three stories or more, and known dates where there are no
-- such days. Ids and dates must both grow from point to point; what breaks that is left out, as is
-- a day that doesn't lie between the known dates on either side of it. Beyond the last of those, a
-- few stories of absurd ids could make up a day of their own: no day to come counts, and none whose
-- ids ran ahead by more than 10,000 a day, twice the pace ever seen.

create or replace view ops.calibration_segments as
with
-- two known ids of one day are one point, since dates must grow
known_dates as (
    select
        avg(article_id)::bigint as article_id,
        published_at,
        to_days(case when bool_or(is_approximate) then 200 else 3 end) as slack
    from ops.id_anchors
    group by published_at
),

own_days as (
    select
        own_day.article_id,
        own_day.published_at
    from ops.id_day_medians as own_day
    asof left join known_dates as earlier on own_day.article_id >= earlier.article_id
    asof left join known_dates as later on own_day.article_id <= later.article_id
    where
        own_day.story_count >= 3
        and own_day.published_at
        > coalesce(earlier.published_at - earlier.slack, '-infinity'::timestamptz)
        and own_day.published_at
        < coalesce(later.published_at + later.slack, 'infinity'::timestamptz)
        and own_day.published_at <= now()
        and (
            later.article_id is not null
            or own_day.article_id - earlier.article_id
            <= 10000 * (7 + epoch(own_day.published_at - earlier.published_at) / 86400)
        )
),

points as (
    select
        article_id,
        published_at
    from own_days
    union all
    select
        known.article_id,
        known.published_at
    from known_dates as known
    anti join own_days as own_day
        on
            own_day.published_at >= known.published_at - known.slack
            and own_day.published_at <= known.published_at + known.slack
),

bounded_points as (
    select
        article_id,
        published_at,
        max(published_at) over (
            order by article_id rows between unbounded preceding and 1 preceding
        ) as latest_before,
        min(published_at) over (
            order by article_id rows between 1 following and unbounded following
        ) as earliest_after
    from points
),

growing_points as (
    select
        article_id,
        published_at
    from bounded_points
    where
        (latest_before is null or published_at > latest_before)
        and (earliest_after is null or published_at < earliest_after)
),

neighbours as (
    select
        article_id as first_id,
        published_at as starts_at,
        lead(article_id) over (order by article_id) as last_id,
        lead(published_at) over (order by article_id) as ends_at
    from growing_points
),

newest as (
    select
        max(article_id) as last_id,
        max(published_at) as ends_at
    from growing_points
),

-- Beyond the newest point a single day says too little of how fast the ids grow.
beyond as (
    select
        arg_max(point.article_id, point.published_at) as first_id,
        max(point.published_at) as starts_at,
        newest.last_id,
        newest.ends_at
    from growing_points as point
    inner join newest on point.published_at <= newest.ends_at - interval 28 days
    group by newest.last_id, newest.ends_at
),

final as (
    select
        first_id,
        last_id,
        starts_at,
        ends_at,
        case when first_id = min(first_id) over () then 0 else first_id end as from_id,
        case
            when first_id = min(first_id) over () then '1970-01-01 00:00:00+00'::timestamptz
            else starts_at
        end as from_at
    from neighbours
    where last_id is not null
    union all
    select
        first_id,
        last_id,
        starts_at,
        ends_at,
        last_id as from_id,
        ends_at as from_at
    from beyond
)

select
    first_id,
    last_id,
    starts_at,
    ends_at,
    from_id,
    from_at
from final;

comment on view ops.calibration_segments is
'Straight lines that map story ids to dates; the first and the last also hold beyond their ends.';
comment on column ops.calibration_segments.first_id is 'The id of the line''s first point.';
comment on column ops.calibration_segments.last_id is 'The id of its last point.';
comment on column ops.calibration_segments.starts_at is 'The date of the first.';
comment on column ops.calibration_segments.ends_at is 'The date of the last.';
comment on column ops.calibration_segments.from_id is
'The line holds from this id to that of the next line.';
comment on column ops.calibration_segments.from_at is
'The line holds from this instant to that of the next line.';
