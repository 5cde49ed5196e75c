-- Which stories name a company or its share?
-- Grain: one story. Reads: articles_with.

select
    article_id,
    published_at,
    title
from articles_with('Indravex')
order by published_at desc;
