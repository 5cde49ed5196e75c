-- The signatures of one staged batch.
-- Grain: one reading of one capture. Reads: $path, the batch's signatures.parquet.

insert into staged_signatures by name
select * from read_parquet($path);
