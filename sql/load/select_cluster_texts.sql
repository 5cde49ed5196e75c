-- What are the stories to be compared, and which cluster is each in?
-- Grain: one story. Reads: cluster_pairs, articles.

with
paired as (
    select first_id as article_id from cluster_pairs
    union
    select second_id as article_id from cluster_pairs
)

select
    article.article_id,
    article.cluster_id,
    article.title,
    article.body,
    article.language,
    article.published_at
from articles as article
semi join paired on article.article_id = paired.article_id;
