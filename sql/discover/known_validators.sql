-- What each listing sent for the next conditional request.
-- Grain: one feed or listing page. Reads: listings.

select
    url,
    etag,
    last_modified,
    checked_at
from listings
order by url;
