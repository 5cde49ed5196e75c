-- No response of the site is listed twice.
-- Severity: fail. Grain: one response. Reads: captures, fresh.

select capture.capture_id
from captures as capture
semi join fresh on capture.article_id = fresh.article_id
group by capture.capture_id
having count(*) > 1;
