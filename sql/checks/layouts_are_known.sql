-- At most a fifth of the newest pages, or of those not published yet, have an unknown layout: more
-- means that the site has changed its markup, and that what was read is not to be trusted.
-- Severity: fail. Grain: one stretch of twenty pages or more. Reads: layout_windows.

select
    stretch,
    page_count,
    unknown_count
from layout_windows
where page_count >= 20 and unknown_count > 0.2 * page_count
order by stretch;
