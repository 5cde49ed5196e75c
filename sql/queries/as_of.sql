-- How did the stories that were revised later stand at the beginning of 2026?
-- Grain: one story. Reads: as_of.

select
    article_id,
    version,
    title
from as_of('2026-01-01')
order by published_at desc, article_id desc
limit 20;
