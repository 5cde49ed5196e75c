-- Records that a migration was applied.
-- Grain: one migration. Reads: nothing.

insert into migrations by name
select
    $version as version,
    $name as name,
    $sha256 as sha256,
    current_timestamp as applied_at;
