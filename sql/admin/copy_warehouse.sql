-- Copies the warehouse into a new file, which has nothing in it that was ever deleted, and notes
-- there that the stories being deleted are gone.
-- Grain: one warehouse. Reads: every table; the new file, whose path the program writes in as a
-- quoted literal, since `attach` takes no parameters. Its options are those of attach_writer.

-- noqa: disable=PRS

attach $path as renewed (row_group_size 61440, storage_version 'v1.2.0');

copy from database warehouse to renewed;

update renewed.tombstones
set erased_at = $now
where erased_at is null;

checkpoint renewed;

detach renewed;
