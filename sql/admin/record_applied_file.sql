-- Records that a seed or view file was applied.
-- Grain: one file. Reads: $path, $sha256.

insert or replace into ops.applied_files by name
select
    $path as path,
    $sha256 as sha256,
    current_timestamp as applied_at;
