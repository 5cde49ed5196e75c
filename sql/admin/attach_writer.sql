-- Opens the writer's file.
-- Grain: one file. Reads: that file, whose path the program writes in as a quoted literal, since
-- `attach` takes no parameters.
-- Small row groups, because a checkpoint writes the last one anew as a whole: with the default of
-- 122,880 rows that costs a second at 100,000 articles. Storage 1.2 brings zstd for long texts.

-- noqa: disable=PRS

attach $path as warehouse (row_group_size 2048, storage_version 'v1.2.0');

use warehouse;
