-- Who and what does one story name, most often first?
-- Grain: one entity. Reads: $article_id; mentions.

select
    name,
    type,
    count(*) as times,
    list(distinct surface order by surface) as printed_as,
    list(distinct role order by role) filter (where role is not null) as roles,
    entity_id
from mentions
where article_id = $article_id
group by all
order by times desc, name asc, entity_id asc;
