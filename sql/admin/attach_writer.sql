-- Opens the writer's file.
-- Grain: one file. Reads: that file, whose path the program writes in as a quoted literal, since
-- `attach` takes no parameters.
-- A checkpoint reads and writes some bytes for every row group of every table, so that small ones
-- cost a second at half a million articles; a search skips those whose terms it doesn't look for,
-- so that the largest, of 122,880 rows, cost it half as much again. Storage 1.2 brings zstd for
-- long texts.

-- noqa: disable=PRS

attach $path as warehouse (row_group_size 61440, storage_version 'v1.2.0');

use warehouse;

-- Of rows that are looked up by their places, only the vectors that have some are read.
set dynamic_or_filter_threshold = 4000;
