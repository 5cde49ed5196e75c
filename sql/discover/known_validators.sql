-- What each listing sent for the next conditional request.
-- Grain: one feed or listing page. Reads: listing_validators.

select
    url,
    etag,
    last_modified,
    checked_at
from listing_validators
order by url;
