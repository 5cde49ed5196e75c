-- What the steps of load/ from 60 on compute again, for a change that no batch brought.
-- `changed_times`, `examined_stories`, `reannotated_stories`, `changed_uses`, `changed_contexts`,
-- `renamed_rows`: none, for the caller to fill; `touched_entities`: those that have a decision;
-- `affected_gaps`: all feed gaps or none.
-- Grain: one date; one story; one entity; one mention; one feed gap. Reads: entity_decisions,
-- feed_gaps; $entity_ids, null for all entities with a decision; $has_all_gaps.

create or replace temp table changed_times (
    published_at timestamptz
);

create or replace temp table examined_stories (
    article_id bigint
);

create or replace temp table reannotated_stories (
    article_id bigint
);

create or replace temp table touched_entities as
with
decided as (
    select entity_id
    from entity_decisions
    union
    select other_id as entity_id
    from entity_decisions
)

select
    entity_id,
    true as is_changed
from decided
where $entity_ids is null or list_contains($entity_ids::varchar[], entity_id);

create or replace temp table changed_uses (
    entity_id varchar,
    surface varchar,
    role varchar,
    change bigint
);

create or replace temp table renamed_rows (
    row_id bigint
);

create or replace temp table changed_contexts (
    entity_id varchar,
    block_key varchar,
    parts varchar[],
    companions varchar[],
    change bigint
);

create or replace temp table affected_gaps as
select
    feed_url,
    detected_at,
    first_id,
    last_id
from feed_gaps
where $has_all_gaps;
