-- Which stories were listed in the most feeds and sections?
-- Grain: one story. Reads: articles, listing_entries.

select
    article.article_id,
    article.title,
    count(distinct sighting.section) as section_count,
    string_agg(distinct sighting.section, ', ' order by sighting.section) as sections
from articles as article
inner join listing_entries as sighting on article.article_id = sighting.article_id
group by article.article_id, article.title
order by section_count desc, article.article_id desc
limit 20;
