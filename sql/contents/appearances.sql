-- With whom each person is named: all of it.
-- Grain: one person and article. Reads: appearances.

create or replace temp view contents as
select *
from appearances;
