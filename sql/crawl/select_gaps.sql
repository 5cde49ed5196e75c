-- Which ids are left to be requested, those of open feed gaps first, and from the newest?
-- Grain: one unbroken range of ids. Reads: story_states, id_sequence, feed_gaps.
-- Left is what no listing showed and nobody requested, or only with a transient error. Gaps of
-- several feeds overlap, so an id can be in several ranges. With $only_feed_gaps and none of those
-- open, as nearly always, the states of the stories are not looked up.

set variable is_needed = (
    select count(*) > 0 or not $only_feed_gaps
    from feed_gaps
    where closed_at is null
);

with
requested as (
    select
        story.article_id,
        lead(story.article_id) over (order by story.article_id) as next_id
    from story_states as story
    inner join id_sequence as sequence
        on
            story.article_id >= sequence.first_id
            and story.article_id <= sequence.last_id
    where
        (story.state <> 'pending' or story.listed_at is not null)
        and getvariable('is_needed')
),

gaps as (
    select
        article_id + 1 as first_id,
        next_id - 1 as last_id
    from requested
    where next_id > article_id + 1
),

final as (
    select
        greatest(gap.first_id, feed_gap.first_id) as first_id,
        least(gap.last_id, feed_gap.last_id) as last_id,
        true as is_in_feed_gap
    from gaps as gap
    inner join feed_gaps as feed_gap
        on
            gap.first_id <= feed_gap.last_id
            and gap.last_id >= feed_gap.first_id
    where feed_gap.closed_at is null
    union all
    select
        first_id,
        last_id,
        false as is_in_feed_gap
    from gaps
    where not $only_feed_gaps
)

select
    first_id,
    last_id,
    is_in_feed_gap
from final
order by is_in_feed_gap desc, last_id desc, first_id desc;
