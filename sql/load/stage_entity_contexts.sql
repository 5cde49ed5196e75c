-- The entity_contexts of one staged batch.
-- Grain: one person in one reading. Reads: $path, the batch's entity_contexts.parquet.

insert into staged_entity_contexts by name
select * from read_parquet($path);
