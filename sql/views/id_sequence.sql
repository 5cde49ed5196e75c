-- Which range of the sequence of story ids does the warehouse cover?
-- Grain: one row; none while there are no articles. Reads: articles, listing_entries,
-- calibration_segments.
-- It runs from the oldest story to the newest one that is here or that a listing showed. A listing
-- is believed as far as the calendar goes: no id of a day to come stretches the sequence.

create or replace view id_sequence as
with
stories as (
    select
        min(article_id) as first_id,
        max(article_id) as last_id
    from articles
),

-- three days beyond the last look at a listing, since the calibration is good to about a day
latest as (
    select max(last_seen_at) + interval 3 days as latest_at
    from listing_entries
),

possible as (
    select
        line.first_id + (line.last_id - line.first_id)
        * (epoch(latest.latest_at) - epoch(line.starts_at))
        / (epoch(line.ends_at) - epoch(line.starts_at)) as last_id
    from latest
    asof inner join calibration_segments as line on latest.latest_at >= line.from_at
),

listed as (
    select max(sighting.article_id) as last_id
    from listing_entries as sighting
    inner join possible on sighting.article_id <= possible.last_id
)

select
    stories.first_id,
    greatest(stories.last_id, coalesce(listed.last_id, 0)) as last_id
from stories
cross join listed
where stories.first_id is not null;

comment on view id_sequence is
'One row: the range of story ids that the warehouse covers; no row while there are no articles.';
comment on column id_sequence.first_id is 'The oldest story of articles.';
comment on column id_sequence.last_id is
'The newest story of articles, or a newer one that a listing showed.';
