-- At most a twentieth of the newest pages, or of those not published yet, have an unknown layout:
-- more means that the site may be changing its markup; see layouts_are_known.
-- Severity: warn. Grain: one stretch of twenty pages, or of five that are unknown.
-- Reads: layout_windows.

select
    stretch,
    page_count,
    unknown_count
from layout_windows
where
    (page_count >= 20 or unknown_count >= 5)
    and unknown_count > 0.05 * page_count
order by stretch;
