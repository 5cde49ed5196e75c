-- On whom and what did one provider report alone?
-- Grain: one person or organisation. Reads: exclusives.

select
    name,
    provider,
    story_count,
    title
from exclusives
order by story_count desc, name asc
limit 20;
