-- The appearances of one staged batch.
-- Grain: one person in one reading. Reads: $path, the batch's appearances.parquet.

insert into staged_appearances by name
select * from read_parquet($path);
