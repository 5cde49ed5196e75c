-- What found the mentions and figures of one staged batch.
-- Grain: one article. Reads: $path, the batch's recognitions.parquet.

insert into staged_recognitions by name
select * from read_parquet($path);
