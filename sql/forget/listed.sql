-- Which stories were taken down?
-- Grain: one story. Reads: tombstones.

select
    article_id,
    forgotten_at,
    reason,
    erased_at
from tombstones
order by article_id;
