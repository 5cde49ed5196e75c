-- Which stories name a company or its share?
-- Grain: one story. Reads: entity_articles, entities_named, article_figures.

select
    article_id,
    published_at,
    title
from entity_articles
where entity_id in (from entities_named('Indravex'))
order by published_at desc;
