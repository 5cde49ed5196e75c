-- The articles of one staged batch.
-- Grain: one reading of one capture. Reads: $path, the batch's articles.parquet.

insert into staged_articles by name
select * from read_parquet($path);
