-- Which parts of a table are to be written, and which of them are to be deleted before.
-- Grain: one part. Reads: parts, known_parts; $table_name.

-- noqa: disable=RF02

create or replace temp table changed_parts as
select part.key
from parts as part
left join known_parts as known
    on
        part.table_name = known.table_name
        and part.key = known.key
where
    part.table_name = $table_name
    and part.digest is distinct from known.digest;

create or replace temp table replaced_parts as
select known.key
from known_parts as known
left join parts as part
    on
        known.table_name = part.table_name
        and known.key = part.key
where
    known.table_name = $table_name
    and known.digest is distinct from part.digest;

select
    (select count(*) from changed_parts) as changed_count,
    (select count(*) from replaced_parts) as replaced_count;
