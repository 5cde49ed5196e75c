-- Which sections show the most stories?
-- Grain: one section and kind of list. Reads: article_sections.

select
    section,
    kind,
    count(*) as story_count
from article_sections
group by section, kind
order by story_count desc, section asc, kind asc
limit 20;
