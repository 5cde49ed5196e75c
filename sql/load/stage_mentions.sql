-- The mentions of one staged batch.
-- Grain: one name in one text. Reads: $path, the batch's mentions.parquet.

insert into staged_mentions by name
select * from read_parquet($path);
