-- Opens the catalogue of a publication that is being made, and the readers' copy.
-- Grain: one catalogue. Reads: both files, whose paths the program writes in as quoted literals.
-- Rows that a catalogue holds itself are in no Parquet file, so that it must hold none. Its blocks
-- are small, because it has many tables of a few rows, and there is one for each publication.

-- noqa: disable=PRS

attach $catalog as lake (
    data_path $data,
    data_inlining_row_limit 0,
    meta_block_size 16384
);

call lake.set_option('parquet_compression', 'zstd');

attach $source as source (read_only);
