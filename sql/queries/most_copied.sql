-- Which stories came under the most ids and from the most providers?
-- Grain: one story, its copies together. Reads: articles.

select
    cluster_id,
    count(*) as copy_count,
    count(distinct provider) as provider_count,
    arg_min(title, published_at) as title
from articles
group by cluster_id
order by copy_count desc, provider_count desc, cluster_id desc
limit 20;
