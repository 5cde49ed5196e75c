-- What the listings sent for the next conditional request: every column but the clock.
-- Grain: one listing. Reads: listings.

create or replace temp view contents as
select * exclude (checked_at)
from listings;
