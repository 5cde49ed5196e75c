-- Straight lines from story ids to dates, between each known date and the next.
-- Grain: one pair of neighbouring known dates. Reads: id_dates.

create or replace view id_date_segments as
with
neighbours as (
    select
        article_id as first_id,
        published_at as starts_at,
        lead(article_id) over (order by article_id) as last_id,
        lead(published_at) over (order by article_id) as ends_at
    from id_dates
),

final as (
    select
        first_id,
        last_id,
        starts_at,
        ends_at,
        case when first_id = min(first_id) over () then 0 else first_id end as from_id,
        case
            when last_id = max(last_id) over () then 9223372036854775807
            else last_id
        end as before_id
    from neighbours
    where last_id is not null
)

select
    first_id,
    last_id,
    starts_at,
    ends_at,
    from_id,
    before_id
from final;

comment on view id_date_segments is
'Straight lines from story ids to dates; the first and last line hold for all ids beyond them.';
comment on column id_date_segments.first_id is 'The known story at which the line starts.';
comment on column id_date_segments.last_id is 'The known story at which it ends.';
comment on column id_date_segments.starts_at is 'The date of the first.';
comment on column id_date_segments.ends_at is 'The date of the last.';
comment on column id_date_segments.from_id is 'The line holds from this id ...';
comment on column id_date_segments.before_id is '... to before this one.';
