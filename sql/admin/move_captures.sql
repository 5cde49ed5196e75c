-- Has captures name the files and offsets to which their records were moved; gives the files that
-- some still name.
-- Grain: one file. Reads: captures; $paths, $offsets, $new_paths and $new_offsets place by place.

update captures
set
    warc_path = move.new_path,
    warc_offset = move.new_offset
from (
    select
        unnest($paths::varchar[]) as old_path,
        unnest($offsets::bigint[]) as old_offset,
        unnest($new_paths::varchar[]) as new_path,
        unnest($new_offsets::bigint[]) as new_offset
) as move
where
    captures.warc_path = move.old_path
    and captures.warc_offset = move.old_offset;

select distinct warc_path
from captures
where warc_path in (select unnest($paths::varchar[]));
