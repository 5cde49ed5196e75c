-- Which stories were taken down?
-- Grain: one story. Reads: forgotten.

select
    article_id,
    forgotten_at,
    reason,
    erased_at
from forgotten
order by article_id;
