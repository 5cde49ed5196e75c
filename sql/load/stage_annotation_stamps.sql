-- What found the mentions and figures of one staged batch.
-- Grain: one article. Reads: $path, the batch's annotation_stamps.parquet.

insert into staged_annotation_stamps by name
select * from read_parquet($path);
