-- Dates what the readers refused by the answer that they refused, and not by the reading of today:
-- the time for which a story rests would begin anew.
-- Grain: one run and refused page. Reads: rejects, captures.

with
answers as (
    select
        run_id,
        url,
        max(fetched_at) as fetched_at
    from captures
    group by run_id, url
)

update rejects
set rejected_at = answer.fetched_at
from answers as answer
where
    rejects.stage = 'read'
    and rejects.run_id = answer.run_id
    and rejects.url = answer.url;
