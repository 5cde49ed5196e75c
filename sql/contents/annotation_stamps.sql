-- What found the names and figures of each article.
-- Grain: one article. Reads: annotation_stamps.

create or replace temp view contents as
select *
from annotation_stamps;
