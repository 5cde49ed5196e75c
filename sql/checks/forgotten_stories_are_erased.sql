-- No taking down of a story was cut short.
-- Severity: warn. Grain: one story. Reads: forgotten.
-- Its text may be in the archive or in free blocks of the files until it is forgotten once more.

select
    article_id,
    forgotten_at
from forgotten
where erased_at is null
order by article_id;
