-- `examined`: the stories whose cluster is to be settled anew; each starts out on its own.
-- Grain: one story. Reads: parting, articles.

create or replace temp table examined as
select article_id
from parting;

update articles
set cluster_id = articles.article_id
from examined
where articles.article_id = examined.article_id;
