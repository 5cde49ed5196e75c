-- Of the story pages that a run got, at most half have no story: more means the site has changed.
-- Severity: warn. Grain: one run. Reads: loads, rejects.

with
pages as (
    select sum(extracted) as extracted
    from loads
    where run_id = $run_id
),

refused as (
    select count(*) as refused
    from rejects
    where run_id = $run_id and stage = 'read' and reason = 'no-story'
)

select
    pages.extracted,
    refused.refused
from pages
cross join refused
where refused.refused >= 20 and refused.refused > pages.extracted;
