-- What was in the lake at the last publication.
-- Grain: one part of a table. Reads: $known, that publication's parts.

insert into known_parts
select *
from read_parquet($known);
