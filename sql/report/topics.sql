-- What are stories about?
-- Grain: one topic. Reads: article_topics, articles.
-- A story counts for the topic that it has most of, copies under several ids once.

with
articles_of_period as (
    select *
    from articles
    where published_at >= $period_start_at and article_id = cluster_id and len(topics) > 0
)

select
    topics[1] as topic,
    count(*) as stories
from articles_of_period
group by topic
order by stories desc, topic asc;
