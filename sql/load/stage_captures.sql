-- The captures of one staged batch.
-- Grain: one answer of the wire. Reads: $path, the batch's captures.parquet.

insert into staged_captures by name
select * from read_parquet($path);
