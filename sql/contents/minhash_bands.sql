-- The hashes by which near-duplicates are found.
-- Grain: one story and hash. Reads: minhash_bands.

create or replace temp view contents as
select *
from minhash_bands;
