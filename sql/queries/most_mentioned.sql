-- Who and what is named in the most stories?
-- Grain: one real entity. Reads: mentions, articles.

select
    any_value(mention.name) as name,
    any_value(mention.type) as type,
    count(distinct article.cluster_id) as story_count,
    count(*) as mention_count
from mentions as mention
inner join articles as article on mention.article_id = article.article_id
group by mention.entity_id
order by story_count desc, mention_count desc, name asc
limit 20;
