-- Loads an extension of DuckDB from a file.
-- Grain: one file. Reads: $path, which the program writes in as a quoted literal.

-- noqa: disable=PRS

load $path;
