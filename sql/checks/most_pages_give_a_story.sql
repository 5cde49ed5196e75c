-- Of the story pages that a run got, at most half have no story: more means the site has changed.
-- Severity: warn. Grain: one run. Reads: loads, rejects.

with
pages as (
    select sum(extracted) as extracted
    from loads
    where run_id = $run_id
),

rejected as (
    select count(*) as rejected
    from rejects
    where run_id = $run_id and stage = 'read' and reason = 'no-story'
)

select
    pages.extracted,
    rejected.rejected
from pages
cross join rejected
where rejected.rejected >= 20 and rejected.rejected > pages.extracted;
