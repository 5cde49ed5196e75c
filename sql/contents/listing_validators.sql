-- What the listings sent for the next conditional request: every column but the clock.
-- Grain: one listing. Reads: listing_validators.

create or replace temp view contents as
select * exclude (checked_at)
from listing_validators;
