-- How much of the writer's file holds nothing?
-- Grain: one row. Reads: the file's blocks.

select
    block_size * free_blocks as free_bytes,
    block_size * total_blocks as file_bytes
from pragma_database_size()
where database_name = 'warehouse';
