-- Writes which of the examined entities count as one, and which may.
-- Rows are deleted and inserted, since an update would write the column of all entities of their
-- row groups anew.
-- Grain: one entity; one pair. Reads: examined_entities, outvoted_entities, entities,
-- entity_candidates; $canonical and $candidates, both JSON, since DuckDB plans a parameter that is
-- a long list slowly.

create or replace temp table resolved_entities as
select
    unnest(
        from_json($canonical, '[{"entity_id": "varchar", "canonical_id": "varchar"}]'),
        recursive := true
    );

create or replace temp table changed_canonicals as
select
    resolved.entity_id,
    resolved.canonical_id,
    examined.entity_row
from resolved_entities as resolved
inner join examined_entities as examined on resolved.entity_id = examined.entity_id
where examined.canonical_id <> resolved.canonical_id;

create or replace temp table affected_entities as
with
affected as (
    select changed.entity_row
    from changed_canonicals as changed
    union
    select unnest([outvoted.entity_row, outvoted.counterpart_row]) as entity_row
    from outvoted_entities as outvoted
)

select
    entity.*,
    entity.rowid as entity_row
from entities as entity
where entity.rowid in (select affected.entity_row from affected);

create or replace temp table recounted_entities as
with
resolved as (
    select
        entity.entity_id,
        entity.type,
        coalesce(changed.canonical_id, entity.canonical_id) as canonical_id
    from affected_entities as entity
    left join changed_canonicals as changed on entity.entity_id = changed.entity_id
),

-- an outvoted entity counts as what its counterpart counts as, or with others as the first of them
final as (
    select
        resolved.entity_id,
        case
            when outvoted.entity_id is null then resolved.canonical_id
            else coalesce(counterpart.canonical_id, outvoted.counterpart_id)
        end as canonical_id
    from resolved
    left join outvoted_entities as outvoted on resolved.entity_id = outvoted.entity_id
    left join resolved as counterpart
        on
            outvoted.counterpart_id = counterpart.entity_id
            and starts_with(counterpart.entity_id, counterpart.type)
)

select entity.* replace (final.canonical_id as canonical_id)
from affected_entities as entity
inner join final on entity.entity_id = final.entity_id
where entity.canonical_id <> final.canonical_id;

delete from entities
where rowid in (select recounted.entity_row from recounted_entities as recounted);

insert into entities by name
select * exclude (entity_row)
from recounted_entities;

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

create or replace temp table known_candidates as
select
    candidate.*,
    candidate.rowid as row_id
from entity_candidates as candidate
where
    candidate.entity_id in (select resolved.entity_id from resolved_entities as resolved)
    or candidate.other_id in (select resolved.entity_id from resolved_entities as resolved);

create or replace temp table kept_candidates as
select known.*
from known_candidates as known
semi join found_candidates as found
    on
        known.entity_id = found.entity_id
        and known.other_id = found.other_id
        and known.evidence = found.evidence
        and known.found_at = found.found_at;

delete from entity_candidates
where
    rowid in (
        select known.row_id
        from known_candidates as known
        anti join kept_candidates as kept on known.row_id = kept.row_id
    );

insert into entity_candidates by name
select found.*
from found_candidates as found
anti join kept_candidates as kept
    on
        found.entity_id = kept.entity_id
        and found.other_id = kept.other_id;
