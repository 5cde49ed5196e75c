-- At most a twentieth of a run's pages have an unknown layout: more means that the site may
-- be changing its markup; see layouts_are_known.
-- Severity: warn. Grain: one run of twenty pages or more. Reads: loads.

select
    sum(extracted) as extracted,
    sum(unknown_layout) as unknown_layout
from loads
where run_id = $run_id
having sum(extracted) >= 20 and sum(unknown_layout) > 0.05 * sum(extracted);
