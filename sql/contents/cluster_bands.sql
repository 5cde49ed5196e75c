-- The hashes by which near-duplicates are found.
-- Grain: one story and hash. Reads: cluster_bands.

create or replace temp view contents as
select *
from cluster_bands;
