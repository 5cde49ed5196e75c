-- How many threads a publication takes.
-- Grain: one connection. Reads: $threads.

set threads = $threads;
