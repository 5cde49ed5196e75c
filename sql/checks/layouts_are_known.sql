-- At most a fifth of a run's pages have an unknown layout: more means that the site has
-- changed its markup, and that what was read from its pages is not to be trusted.
-- Severity: fail. Grain: one run of twenty pages or more. Reads: loads.

select
    sum(extracted) as extracted,
    sum(unknown_layout) as unknown_layout
from loads
where run_id = $run_id
having sum(extracted) >= 20 and sum(unknown_layout) > 0.2 * sum(extracted);
