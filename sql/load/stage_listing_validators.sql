-- The validators of one staged batch.
-- Grain: one listing. Reads: $path, the batch's listing_validators.parquet.

insert into staged_listing_validators by name
select * from read_parquet($path);
