-- Keeps what is in the lake now. Reads: parts; $path.

-- noqa: disable=PRS

copy parts to $path (format parquet, compression zstd);
