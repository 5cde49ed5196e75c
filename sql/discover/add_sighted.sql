-- The stories that this run's listings show.
-- Grain: one story on one listing. Reads: $path, the batch's listing_entries.parquet.

insert into sighted by name
select
    article_id,
    url,
    seen_at
from read_parquet($path);
