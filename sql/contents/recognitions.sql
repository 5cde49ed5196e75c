-- What found the names and figures of each article.
-- Grain: one article. Reads: recognitions.

create or replace temp view contents as
select *
from recognitions;
