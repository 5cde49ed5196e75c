-- What was seen on which listing: every column but clocks and run ids.
-- Grain: one story and listing. Reads: listing_entries, captures.

create or replace temp view contents as
with
answered as (
    select
        sighting.*,
        answer.payload_sha256
    from listing_entries as sighting
    left join captures as answer on sighting.capture_id = answer.capture_id
)

select * exclude (seen_at, last_seen_at, capture_id, run_id)
from answered;
