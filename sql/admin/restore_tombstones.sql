-- Takes over the list of deleted stories that lies with the archive.
-- Grain: one story. Reads: $path, the list.
-- A rebuilt warehouse would not know of them otherwise.

insert into tombstones by name
select *
from read_parquet($path)
on conflict do nothing;
