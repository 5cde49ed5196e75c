-- Which ids are left to be asked for, those of open feed gaps first, and from the newest?
-- Grain: one unbroken range of ids. Reads: story_states, id_sequence, feed_gaps.
-- Left is what no listing showed and nobody asked for, or only in a trouble of a moment. Windows of
-- several feeds overlap, and all of them lie within the gaps, so an id can be in several ranges.

with
settled as (
    select
        story.article_id,
        lead(story.article_id) over (order by story.article_id) as next_id
    from story_states as story
    inner join id_sequence as sequence
        on
            story.article_id >= sequence.first_id
            and story.article_id <= sequence.last_id
    where story.state <> 'pending' or story.listed_at is not null
),

gaps as (
    select
        article_id + 1 as first_id,
        next_id - 1 as last_id
    from settled
    where next_id > article_id + 1
),

final as (
    select
        greatest(gap.first_id, loss.first_id) as first_id,
        least(gap.last_id, loss.last_id) as last_id,
        true as is_lost
    from gaps as gap
    inner join feed_gaps as loss
        on
            gap.first_id <= loss.last_id
            and gap.last_id >= loss.first_id
    where loss.closed_at is null
    union all
    select
        first_id,
        last_id,
        false as is_lost
    from gaps
    where not $only_losses
)

select
    first_id,
    last_id,
    is_lost
from final
order by is_lost desc, last_id desc, first_id desc;
