-- Which texts have an embedding?
-- Grain: one text of a file. Reads: $files, those of the cache.

select text_sha256
from read_parquet($files);
