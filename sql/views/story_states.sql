-- In which state is each story that was ever listed or requested, and since when?
-- Grain: one story id. Reads: articles, article_versions, listing_entries, captures, rejects,
-- reject_reasons, tombstones.
-- The first of these that holds: it was taken down; its text is in articles; its last reject says
-- that the site has no such story, or why its response is not usable; else it is to be requested.

create or replace view story_states as
with
-- everything that says of an id that it exists, and when
traces as (
    select
        article_id,
        seen_at as traced_at,
        seen_at as listed_at
    from listing_entries
    union all
    select
        article_id,
        fetched_at as traced_at,
        null as listed_at
    from captures
    where article_id is not null
    union all
    select
        article_id,
        rejected_at as traced_at,
        null as listed_at
    from rejects
    where article_id is not null
    union all
    select
        article_id,
        first_seen_at as traced_at,
        null as listed_at
    from ops.articles
    union all
    select
        article_id,
        forgotten_at as traced_at,
        null as listed_at
    from tombstones
),

discovered as (
    select
        article_id,
        min(traced_at) as discovered_at,
        min(listed_at) as listed_at
    from traces
    group by article_id
),

-- when the wire first gave each story's text
texts as (
    select
        article_id,
        min(seen_at) as first_read_at
    from article_versions
    group by article_id
),

rejects_by_reason as (
    select
        article_id,
        reason,
        min(rejected_at) as first_rejected_at,
        max(rejected_at) as last_rejected_at
    from rejects
    where article_id is not null
    group by article_id, reason
),

-- a transient error says less than any other reject, even an earlier one
last_rejects as (
    select
        reject.article_id,
        arg_max(
            {
                'reason': reject.reason,
                'reason_group': coalesce(meant.reason_group, 'unreadable'),
                'first_rejected_at': reject.first_rejected_at
            },
            (
                meant.reason_group is distinct from 'transient',
                reject.last_rejected_at,
                reject.reason
            )
        ) as last
    from rejects_by_reason as reject
    left join reject_reasons as meant on reject.reason = meant.reason
    group by reject.article_id
),

judged as (
    select
        story.article_id,
        story.discovered_at,
        story.listed_at,
        text.first_read_at,
        reject.last.reason as rejected_for,
        reject.last.first_rejected_at as first_rejected_at,
        taken_down.forgotten_at,
        taken_down.reason as forgotten_for,
        case
            when taken_down.article_id is not null then 'deleted'
            when known.article_id is not null then 'loaded'
            when reject.last.reason_group = 'missing' then 'missing'
            when reject.last.reason_group <> 'transient' then 'rejected'
            else 'pending'
        end as state
    from discovered as story
    left join tombstones as taken_down on story.article_id = taken_down.article_id
    left join ops.articles as known on story.article_id = known.article_id
    left join texts as text on story.article_id = text.article_id
    left join last_rejects as reject on story.article_id = reject.article_id
),

final as (
    select
        article_id,
        state,
        case state
            when 'deleted' then forgotten_for
            when 'loaded' then null
            else rejected_for
        end as reason,
        case state
            when 'deleted' then forgotten_at
            when 'loaded' then coalesce(first_read_at, discovered_at)
            when 'pending' then discovered_at
            else first_rejected_at
        end as since_at,
        listed_at
    from judged
)

select
    article_id,
    state,
    reason,
    since_at,
    listed_at
from final;

comment on view story_states is
'One row per story id that was ever listed or asked for, with its one current state.';
comment on column story_states.article_id is 'The story id.';
comment on column story_states.state is
'loaded (its text is in articles), rejected (its answer was not usable), missing (the site has no
such story), pending (to be requested, or requested again) or deleted (taken down).';
comment on column story_states.reason is
'Why: of rejected, missing and pending stories the last reject''s reason, see reject_reasons; of
deleted ones the operator''s; null for loaded stories and for pending ones never requested.';
comment on column story_states.since_at is
'Since when: the first text of a loaded story, the first reject for this reason, the first trace of
a pending one.';
comment on column story_states.listed_at is
'When a listing first showed it; null for stories that were only ever asked for by id.';
