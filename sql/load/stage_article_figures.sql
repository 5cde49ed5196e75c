-- The figures of one staged batch.
-- Grain: one figure in one text. Reads: $path, the batch's article_figures.parquet.

insert into staged_article_figures by name
select * from read_parquet($path);
