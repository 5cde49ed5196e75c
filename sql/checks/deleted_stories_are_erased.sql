-- No deletion of a story was interrupted.
-- Severity: warn. Grain: one story. Reads: tombstones.
-- Its text may be in the archive or in free blocks of the files until it is deleted once more.

select
    article_id,
    forgotten_at
from tombstones
where erased_at is null
order by article_id;
