-- Every topic is of an article in the warehouse, and one of the seed.
-- Severity: fail. Grain: one article and topic. Reads: article_topics, articles, topics.

select
    found.article_id,
    found.topic_code
from article_topics as found
left join articles as article on found.article_id = article.article_id
left join topics on found.topic_code = topics.topic_code
where article.article_id is null or topics.topic_code is null;
