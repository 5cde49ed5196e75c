-- Writes which of the examined entities count as one, and which may.
-- Rows are deleted and inserted, since an update would write the column of all entities of their row
-- groups anew.
-- Grain: one entity; one pair. Reads: examined_entities, outvoted_entities, entities,
-- entity_candidates; $canonical and $candidates, both JSON, since DuckDB plans a parameter that is
-- a long list slowly.

create or replace temp table resolved_entities as
select
    unnest(
        from_json($canonical, '[{"entity_id": "varchar", "canonical_id": "varchar"}]'),
        recursive := true
    );

create or replace temp table recounted_entities as
select
    entity.* replace (resolved.canonical_id as canonical_id)
from resolved_entities as resolved
inner join examined_entities as examined on resolved.entity_id = examined.entity_id
inner join entities as entity on resolved.entity_id = entity.entity_id
where examined.canonical_id <> resolved.canonical_id;

delete from entities
where entity_id in (select recounted.entity_id from recounted_entities as recounted);

insert into entities by name
select *
from recounted_entities;

-- an outvoted entity counts as what its counterpart counts as, or with others as the first of them
update entities
set canonical_id = changed.canonical_id
from (
    select
        outvoted.entity_id,
        coalesce(counterpart.canonical_id, outvoted.counterpart_id) as canonical_id
    from outvoted_entities as outvoted
    left join entities as counterpart
        on
            outvoted.counterpart_id = counterpart.entity_id
            and starts_with(counterpart.entity_id, counterpart.type)
) as changed
where
    entities.entity_id = changed.entity_id
    and entities.canonical_id <> changed.canonical_id;

create or replace temp table found_candidates as
with
listed as (
    select
        unnest(
            from_json(
                $candidates,
                '[{"entity_id": "varchar", "other_id": "varchar", "evidence": "varchar"}]'
            ),
            recursive := true
        )
)

select
    listed.entity_id,
    listed.other_id,
    listed.evidence,
    greatest(entity.first_seen_at, other_entity.first_seen_at) as found_at
from listed
inner join examined_entities as entity on listed.entity_id = entity.entity_id
inner join examined_entities as other_entity on listed.other_id = other_entity.entity_id;

create or replace temp table kept_candidates as
select candidate.*
from entity_candidates as candidate
semi join found_candidates as found
    on
        candidate.entity_id = found.entity_id
        and candidate.other_id = found.other_id
        and candidate.evidence = found.evidence
        and candidate.found_at = found.found_at;

delete from entity_candidates
where
    (
        entity_id in (select resolved.entity_id from resolved_entities as resolved)
        or other_id in (select resolved.entity_id from resolved_entities as resolved)
    )
    and (entity_id, other_id) not in (
        select (kept.entity_id, kept.other_id) from kept_candidates as kept
    );

insert into entity_candidates by name
select found.*
from found_candidates as found
anti join kept_candidates as kept
    on
        found.entity_id = kept.entity_id
        and found.other_id = kept.other_id;
