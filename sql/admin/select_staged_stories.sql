-- The stories whose text a staged batch brings or annotates again.
-- Grain: one story. Reads: $files, its Parquet files with texts.

select article_id
from read_parquet($files);
