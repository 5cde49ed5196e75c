-- Takes over the list of deleted stories that lies with the archive.
-- Grain: one story. Reads: $path, the list.
-- A warehouse that is made anew would else not know of them.

insert into tombstones by name
select *
from read_parquet($path)
on conflict do nothing;
