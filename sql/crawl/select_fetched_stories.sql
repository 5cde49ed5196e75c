-- Which stories have other runs requested lately?
-- Grain: one story. Reads: captures, $since, $except_by (the run that asks).

select distinct article_id
from captures
where
    article_id is not null
    and fetched_at >= $since
    and run_id <> $except_by;
