-- How persons' names are compared: all of it.
-- Grain: one person. Reads: person_names.

create or replace temp view contents as
select *
from person_names;
