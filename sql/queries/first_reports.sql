-- Who was first to report on each organisation, and when did others follow?
-- Grain: one organisation. Reads: first_reports.

select
    name,
    provider,
    article_id,
    followed_at - published_at as lead
from first_reports
where type = 'organization' and followed_at is not null
order by story_count desc, name asc
limit 20;
