-- Which story ids did no listing show and were never requested?
-- Grain: one unbroken range of ids. Reads: story_states, id_sequence, calibration_segments.
-- Dates are computed in seconds: adding an interval to an instant costs ten times as much.

create or replace view unrequested_ranges as
with
tried as (
    select
        story.article_id,
        lead(story.article_id) over (order by story.article_id) as next_id
    from story_states as story
    inner join ops.id_sequence as sequence
        on
            story.article_id >= sequence.first_id
            and story.article_id <= sequence.last_id
),

ranges as (
    select
        article_id + 1 as first_id,
        next_id - 1 as last_id
    from tried
    where next_id > article_id + 1
),

final as (
    select
        untried.first_id,
        untried.last_id,
        untried.last_id - untried.first_id + 1 as id_count,
        to_timestamp(
            epoch(line.starts_at) + (epoch(line.ends_at) - epoch(line.starts_at))
            * (untried.first_id - line.first_id) / (line.last_id - line.first_id)
        ) as dated_at
    from ranges as untried
    asof left join ops.calibration_segments as line on untried.first_id >= line.from_id
)

select
    first_id,
    last_id,
    id_count,
    dated_at
from final;

comment on view unrequested_ranges is
'One row per unbroken range of story ids, within id_sequence, that no listing showed and that were
never requested; wirehouse backfill --gaps requests them.';
comment on column unrequested_ranges.first_id is 'The oldest id of the range.';
comment on column unrequested_ranges.last_id is 'The newest id of the range.';
comment on column unrequested_ranges.id_count is 'How many ids it holds.';
comment on column unrequested_ranges.dated_at is
'When its oldest id was assigned, by the calibration of ids; good to about a day.';
