-- Which providers have which share of the stories that name Kuwait?
-- Grain: one provider. Reads: articles, mentioned.

select
    provider,
    count(*) as story_count,
    round(100 * count(*) / sum(count(*)) over (), 1) as percent
from articles
where mentioned(article_id, 'Kuwait')
group by provider
order by story_count desc, provider asc;
