-- The polls of feeds of one staged batch.
-- Grain: one feed and poll. Reads: $path, the batch's polls.parquet.

insert into staged_polls by name
select * from read_parquet($path);
