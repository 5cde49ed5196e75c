-- How long after its publication is a story fetched, by provider?
-- Grain: one provider. Reads: articles, captures.

select
    article.provider,
    count(*) as story_count,
    median(capture.fetched_at - article.published_at) as median_lag
from articles as article
inner join captures as capture on article.capture_id = capture.capture_id
where article.published_at_basis = 'page'
group by article.provider
order by story_count desc, article.provider asc;
