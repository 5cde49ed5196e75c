-- The validators of one staged batch.
-- Grain: one listing. Reads: $path, the batch's validators.parquet.

insert into staged_validators by name
select * from read_parquet($path);
