-- The rejects of one staged batch.
-- Grain: one refused thing. Reads: $path, the batch's rejects.parquet.

insert into staged_rejects by name
select * from read_parquet($path);
