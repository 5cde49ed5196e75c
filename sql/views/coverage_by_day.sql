-- Of the story ids of each day, how many are known, refused, holes, or were never tried?
-- Grain: one day (UTC). Reads: story_states, id_sequence, calibration_lines.
-- A day is the stretch of ids that the calibration gives it, so that each id belongs to one day
-- whatever its page says; the stretches follow each other without a gap, and the first and the last
-- one end where the sequence does.

create or replace view coverage_by_day as
with
-- when the sequence's two ends were given out
ends as (
    select
        line.starts_at + (line.ends_at - line.starts_at) * (
            (sequence_end.article_id - line.first_id) / (line.last_id - line.first_id)
        ) as ends_at
    from (
        select unnest([first_id, last_id]) as article_id
        from id_sequence
    ) as sequence_end
    asof inner join calibration_lines as line on sequence_end.article_id >= line.from_id
),

-- one day more than there are, for the end of the last one
midnights as (
    select
        unnest(generate_series(
            date_trunc('day', min(ends_at) at time zone 'UTC'),
            date_trunc('day', max(ends_at) at time zone 'UTC') + interval 1 day,
            interval 1 day
        )) as midnight
    from ends
),

starts as (
    select
        cast(midnights.midnight as date) as published_date,
        cast(ceil(
            line.first_id + (line.last_id - line.first_id)
            * (epoch(midnights.midnight) - epoch(line.starts_at))
            / (epoch(line.ends_at) - epoch(line.starts_at))
        ) as bigint) as starting_id
    from midnights
    asof inner join calibration_lines as line
        on midnights.midnight at time zone 'UTC' >= line.from_at
),

stretches as (
    select
        published_date,
        starting_id,
        lead(starting_id) over (order by published_date) - 1 as ending_id
    from starts
),

days as (
    select
        stretch.published_date,
        greatest(stretch.starting_id, sequence.first_id) as first_id,
        least(stretch.ending_id, sequence.last_id) as last_id
    from stretches as stretch
    cross join id_sequence as sequence
    where
        stretch.ending_id >= sequence.first_id
        and stretch.starting_id <= sequence.last_id
),

stories as (
    select
        story.article_id,
        story.state,
        story.sighted_at,
        coalesce(meant.reason_group, 'unusable') as reason_group
    from story_states as story
    inner join id_sequence as sequence
        on
            story.article_id >= sequence.first_id
            and story.article_id <= sequence.last_id
    left join reject_reasons as meant on story.reason = meant.reason
),

counts as (
    select
        day.first_id,
        count(story.sighted_at) as sighted_count,
        count(*) filter (where story.state = 'known') as known_count,
        count(*) filter (where story.state = 'waiting') as waiting_count,
        count(*) filter (where story.state = 'gone') as gone_count,
        count(*) filter (where story.state = 'forgotten') as forgotten_count,
        count(*) filter (where story.state = 'refused') as refused_count,
        count(*) filter (where story.state = 'refused' and story.reason_group = 'storyless')
            as storyless_count,
        count(*) filter (where story.state = 'refused' and story.reason_group = 'forbidden')
            as forbidden_count,
        count(*) filter (where story.state = 'refused' and story.reason_group = 'contradictory')
            as contradictory_count,
        count(*) as tried_count
    from stories as story
    inner join days as day
        on
            story.article_id >= day.first_id
            and story.article_id <= day.last_id
    group by day.first_id
),

final as (
    select
        day.published_date,
        day.first_id,
        day.last_id,
        day.last_id - day.first_id + 1 as id_count,
        coalesce(found.sighted_count, 0) as sighted_count,
        coalesce(found.known_count, 0) as known_count,
        coalesce(found.waiting_count, 0) as waiting_count,
        coalesce(found.refused_count, 0) as refused_count,
        coalesce(found.storyless_count, 0) as storyless_count,
        coalesce(found.forbidden_count, 0) as forbidden_count,
        coalesce(found.contradictory_count, 0) as contradictory_count,
        coalesce(found.gone_count, 0) as gone_count,
        coalesce(found.forgotten_count, 0) as forgotten_count,
        coalesce(found.tried_count, 0) as tried_count
    from days as day
    left join counts as found on day.first_id = found.first_id
)

select
    published_date,
    first_id,
    last_id,
    id_count,
    sighted_count,
    known_count,
    waiting_count,
    refused_count,
    storyless_count,
    forbidden_count,
    contradictory_count,
    refused_count - storyless_count - forbidden_count - contradictory_count as unusable_count,
    gone_count,
    forgotten_count,
    id_count - tried_count as untried_count,
    round(known_count / nullif(id_count - gone_count - storyless_count, 0), 3) as known_share
from final;

comment on view coverage_by_day is
'One row per day: how many story ids it has, and what became of them. id_count is the sum of
known, waiting, refused, gone, forgotten and untried.';
comment on column coverage_by_day.published_date is
'The day (UTC) on which its ids were given out, by the calibration of ids; good to about a day.';
comment on column coverage_by_day.first_id is 'The oldest of its ids.';
comment on column coverage_by_day.last_id is 'The newest of its ids.';
comment on column coverage_by_day.id_count is
'How many they are; of the first and the last day only those within id_sequence.';
comment on column coverage_by_day.sighted_count is 'Ids that a feed or listing showed.';
comment on column coverage_by_day.known_count is 'Ids whose story is in articles.';
comment on column coverage_by_day.waiting_count is
'Ids that wait to be asked for, or asked for again after a trouble of a moment.';
comment on column coverage_by_day.refused_count is
'Ids whose answer was of no use: the sum of the next four counts; see reject_reasons.';
comment on column coverage_by_day.storyless_count is 'Refused: the answer had no story in it.';
comment on column coverage_by_day.forbidden_count is 'Refused: robots.txt or the wire forbids it.';
comment on column coverage_by_day.contradictory_count is
'Refused: the page contradicts itself or its address.';
comment on column coverage_by_day.unusable_count is 'Refused: the answer could not be read.';
comment on column coverage_by_day.gone_count is
'Holes: ids of which the wire says that there is no story.';
comment on column coverage_by_day.forgotten_count is 'Ids of stories that were taken down.';
comment on column coverage_by_day.untried_count is
'Ids that no listing showed and nobody asked for; see untried_ranges.';
comment on column coverage_by_day.known_share is
'The known among the ids that may have a story, from 0 to 1: all but the holes and the storyless.';
