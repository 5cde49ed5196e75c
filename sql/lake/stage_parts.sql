-- Two lists to be filled: what is in the readers' copy, and what was at the last publication.
-- Grain: one part of a table. Reads: nothing.

create or replace temp table parts (
    table_name varchar,
    key ubigint,
    digest ubigint
);

create or replace temp table known_parts as
select *
from parts;
