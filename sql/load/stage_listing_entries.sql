-- The listing_entries of one staged batch.
-- Grain: one story on one listing. Reads: $path, the batch's listing_entries.parquet.

insert into staged_listing_entries by name
select * from read_parquet($path);
