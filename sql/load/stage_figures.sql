-- The figures of one staged batch.
-- Grain: one figure in one text. Reads: $path, the batch's figures.parquet.

insert into staged_figures by name
select * from read_parquet($path);
