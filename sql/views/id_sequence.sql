-- Which range of the sequence of story ids does the warehouse cover?
-- Grain: one row; none while there are no articles. Reads: articles, listing_entries,
-- calibration_segments.
-- It runs from the oldest story to the newest one that is here or that a listing showed. An id is
-- believed as far as the calendar of ids goes, since one absurd id would stretch the range by
-- centuries: none that was assigned a year before the oldest story's date, where something but the
-- id itself dates it, and none of a day to come when the site was last looked at.

create or replace view ops.id_sequence as
with
stories as (
    select
        article_id,
        case when published_at_basis <> 'article_id' then published_at end as published_at,
        last_seen_at
    from ops.articles
    union all
    select
        article_id,
        null as published_at,
        last_seen_at
    from listing_entries
),

times as (
    select
        epoch(min(published_at) - interval 1 year) as earliest,
        epoch(least(max(last_seen_at), now())) as latest
    from stories
),

segments as (
    select
        first_id,
        (last_id - first_id) / (epoch(ends_at) - epoch(starts_at)) as ids_per_second,
        epoch(starts_at) as starts,
        epoch(ends_at) as ends,
        epoch(from_at) as held_from
    from ops.calibration_segments
),

-- Three days beyond, since the calibration is good to about a day; beyond its newest point, where
-- the pace is a guess, a quarter of the time since.
bounds as (
    select
        oldest.first_id + oldest.ids_per_second * (times.earliest - oldest.starts) as first_id,
        newest.first_id + newest.ids_per_second * (
            times.latest - newest.starts
            + 3 * 86400 + greatest(times.latest - newest.ends, 0) / 4
        ) as last_id
    from times
    asof left join segments as oldest on times.earliest >= oldest.held_from
    asof left join segments as newest on times.latest >= newest.held_from
),

final as (
    select
        min(story.article_id) filter (where story.published_at is not null) as first_id,
        max(story.article_id) as last_id
    from stories as story
    inner join bounds
        on
            story.article_id >= bounds.first_id
            and story.article_id <= bounds.last_id
)

select
    first_id,
    last_id
from final
where first_id is not null;

comment on view ops.id_sequence is
'One row: the range of story ids that the warehouse covers; no row while there are no articles.';
comment on column ops.id_sequence.first_id is
'The oldest story of articles whose id agrees with the calendar of ids.';
comment on column ops.id_sequence.last_id is
'The newest such story, or a newer one that a listing showed.';
