-- The stories whose answers are archived and wait to be read or loaded.
-- Grain: one answer. Reads: $path, a batch's captures.

insert into pending by name
select article_id
from read_parquet($path)
where article_id is not null;
