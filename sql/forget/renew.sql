-- Copies the warehouse into an empty one, which has nothing in it that was ever deleted, and notes
-- there that the stories being taken down are gone.
-- Grain: one warehouse. Reads: every table of `warehouse`; `renewed`, empty.

-- noqa: disable=PRS
copy from database warehouse to renewed;

update renewed.tombstones
set erased_at = $now
where erased_at is null;

checkpoint renewed;

detach renewed;
