-- What could not be used, and why?
-- Grain: one stage and reason. Reads: rejects.

select
    reject.stage,
    reject.reason,
    count(*) as rejects,
    max(reject.rejected_at) as newest_at
from rejects as reject
group by reject.stage, reject.reason
order by rejects desc, reject.stage asc, reject.reason asc;
