-- Writes embeddings to a Parquet file. Reads: $path; vectors, which the caller registers.

-- noqa: disable=PRS

copy vectors to $path (format parquet);
