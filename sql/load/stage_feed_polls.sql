-- The polls of feeds of one staged batch.
-- Grain: one feed and poll. Reads: $path, the batch's feed_polls.parquet.

insert into staged_feed_polls by name
select * from read_parquet($path);
