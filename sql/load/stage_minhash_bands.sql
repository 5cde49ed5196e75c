-- The signatures of one staged batch.
-- Grain: one reading of one capture. Reads: $path, the batch's minhash_bands.parquet.

insert into staged_minhash_bands by name
select * from read_parquet($path);
