-- Of the story ids of each day, how many are loaded, rejected, missing or were never requested?
-- Grain: one day (UTC). Reads: story_states, id_sequence, calibration_segments.
-- A day is the stretch of ids that the calibration gives it, so that each id belongs to one day
-- whatever its page says; the stretches follow each other without a gap, and the first and the last
-- one end where the sequence does.

create or replace view coverage_by_day as
with
-- when the two ends of the sequence were assigned
ends as (
    select
        line.starts_at + (line.ends_at - line.starts_at) * (
            (sequence_end.article_id - line.first_id) / (line.last_id - line.first_id)
        ) as ends_at
    from (
        select unnest([first_id, last_id]) as article_id
        from ops.id_sequence
    ) as sequence_end
    asof inner join ops.calibration_segments as line on sequence_end.article_id >= line.from_id
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
    asof inner join ops.calibration_segments as line
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
    cross join ops.id_sequence as sequence
    where
        stretch.ending_id >= sequence.first_id
        and stretch.starting_id <= sequence.last_id
),

stories as (
    select
        story.article_id,
        story.state,
        story.listed_at,
        coalesce(meant.reason_group, 'unreadable') as reason_group
    from story_states as story
    inner join ops.id_sequence as sequence
        on
            story.article_id >= sequence.first_id
            and story.article_id <= sequence.last_id
    left join reject_reasons as meant on story.reason = meant.reason
),

counts as (
    select
        day.first_id,
        count(story.listed_at) as listed_count,
        count(*) filter (where story.state = 'loaded') as loaded_count,
        count(*) filter (where story.state = 'pending') as pending_count,
        count(*) filter (where story.state = 'missing') as missing_count,
        count(*) filter (where story.state = 'deleted') as deleted_count,
        count(*) filter (where story.state = 'rejected') as rejected_count,
        count(*) filter (where story.state = 'rejected' and story.reason_group = 'no-story')
            as no_story_count,
        count(*) filter (where story.state = 'rejected' and story.reason_group = 'forbidden')
            as forbidden_count,
        count(*) filter (where story.state = 'rejected' and story.reason_group = 'inconsistent')
            as inconsistent_count,
        count(*) as requested_count
    from stories as story
    asof inner join days as day on story.article_id >= day.first_id
    where story.article_id <= day.last_id
    group by day.first_id
),

final as (
    select
        day.published_date,
        day.first_id,
        day.last_id,
        day.last_id - day.first_id + 1 as id_count,
        coalesce(found.listed_count, 0) as listed_count,
        coalesce(found.loaded_count, 0) as loaded_count,
        coalesce(found.pending_count, 0) as pending_count,
        coalesce(found.rejected_count, 0) as rejected_count,
        coalesce(found.no_story_count, 0) as no_story_count,
        coalesce(found.forbidden_count, 0) as forbidden_count,
        coalesce(found.inconsistent_count, 0) as inconsistent_count,
        coalesce(found.missing_count, 0) as missing_count,
        coalesce(found.deleted_count, 0) as deleted_count,
        coalesce(found.requested_count, 0) as requested_count
    from days as day
    left join counts as found on day.first_id = found.first_id
)

select
    published_date,
    first_id,
    last_id,
    id_count,
    listed_count,
    loaded_count,
    pending_count,
    rejected_count,
    no_story_count,
    forbidden_count,
    inconsistent_count,
    rejected_count - no_story_count - forbidden_count - inconsistent_count as unreadable_count,
    missing_count,
    deleted_count,
    id_count - requested_count as unrequested_count,
    round(loaded_count / nullif(id_count - missing_count - no_story_count, 0), 3) as loaded_share
from final;

comment on view coverage_by_day is
'One row per day: how many story ids it has, and what became of them. id_count is the sum of the
loaded, pending, rejected, missing, deleted and unrequested.';
comment on column coverage_by_day.published_date is
'The day (UTC) on which the ids were assigned, by the calibration of ids; good to about a day.';
comment on column coverage_by_day.first_id is 'The oldest of its ids.';
comment on column coverage_by_day.last_id is 'The newest of its ids.';
comment on column coverage_by_day.id_count is
'How many they are; of the first and the last day only those within id_sequence.';
comment on column coverage_by_day.listed_count is 'Ids that a feed or listing showed.';
comment on column coverage_by_day.loaded_count is 'Ids whose story is in articles.';
comment on column coverage_by_day.pending_count is
'Ids still to be requested, or requested again after a transient error.';
comment on column coverage_by_day.rejected_count is
'Ids whose response was not usable: the sum of the next four counts; see reject_reasons.';
comment on column coverage_by_day.no_story_count is 'Rejected: the response had no story.';
comment on column coverage_by_day.forbidden_count is 'Rejected: robots.txt or the site forbids it.';
comment on column coverage_by_day.inconsistent_count is
'Rejected: the page contradicts itself or its address.';
comment on column coverage_by_day.unreadable_count is 'Rejected: the response can''t be read.';
comment on column coverage_by_day.missing_count is
'Ids without a story, by the site''s response.';
comment on column coverage_by_day.deleted_count is 'Ids of stories that were taken down.';
comment on column coverage_by_day.unrequested_count is
'Ids that no listing showed and that were never requested; see unrequested_ranges.';
comment on column coverage_by_day.loaded_share is
'Loaded ids as a share, 0 to 1, of those that may have a story: all but missing and no-story.';
