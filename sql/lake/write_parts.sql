-- Keeps what is in a table of the lake now. Reads: parts; $path.

-- noqa: disable=PRS

copy parts to $path (format parquet);
