-- The sightings of one staged batch.
-- Grain: one story on one listing. Reads: $path, the batch's sightings.parquet.

insert into staged_sightings by name
select * from read_parquet($path);
