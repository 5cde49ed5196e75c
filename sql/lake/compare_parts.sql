-- Which parts of a table are to be written, and which of them are to be deleted before.
-- Grain: one part. Reads: parts; $known, a file of the last publication's parts of the table.

-- noqa: disable=RF02

create or replace temp table differing_parts as
select
    coalesce(part.key, known.key) as key,
    part.key is not null as is_there,
    known.key is not null as was_there
from parts as part
full outer join read_parquet($known) as known on part.key = known.key
where part.digest is distinct from known.digest;

create or replace temp table changed_parts as
select key
from differing_parts
where is_there;

create or replace temp table replaced_parts as
select key
from differing_parts
where was_there;

select
    count(*) filter (where is_there) as changed_count,
    count(*) filter (where was_there) as replaced_count
from differing_parts;
