-- Opens an empty file beside the writer's, to copy the warehouse into; in the form of the writer's.
-- Reads: that file, whose path the program writes in as a quoted literal, since `attach` takes no
-- parameters.

-- noqa: disable=PRS
attach $path as renewed (row_group_size 2048, storage_version 'v1.2.0');
