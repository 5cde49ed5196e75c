-- How a publication's connection works.
-- Grain: one connection. Reads: $threads.
-- Without the second, a filter by the ids that changed reads every row with its text.

set threads = $threads;

set dynamic_or_filter_threshold = 10000;
