-- How persons' names are compared: all of it.
-- Grain: one person. Reads: person_profiles.

create or replace temp view contents as
select *
from person_profiles;
