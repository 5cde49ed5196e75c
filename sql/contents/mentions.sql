-- Who and what stands where in the articles.
-- Grain: one mention. Reads: mentions.

create or replace temp view contents as
select *
from mentions;
