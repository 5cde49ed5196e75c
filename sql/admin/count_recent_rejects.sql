-- What was rejected in the last seven days, and why?
-- Grain: one stage and reason. Reads: rejects, $now.

select
    stage,
    reason,
    count(*) as reject_count
from rejects
where rejected_at >= $now - interval 7 days
group by stage, reason
order by reject_count desc, stage asc, reason asc;
