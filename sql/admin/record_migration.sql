-- Records that a migration was applied, in the table of migrations that none of them makes.
-- Grain: one migration. Reads: $version, $name, $sha256.

create table if not exists migrations (
    version integer primary key,
    name varchar not null,
    sha256 varchar not null,
    applied_at timestamptz not null
);

comment on table migrations is 'One row per migration that was applied; they only go forward.';
comment on column migrations.version is 'The number its file name starts with.';
comment on column migrations.name is 'The file''s name.';
comment on column migrations.sha256 is 'Hexadecimal SHA-256 of the file as it was applied.';
comment on column migrations.applied_at is 'When.';

insert into migrations by name
select
    $version as version,
    $name as name,
    $sha256 as sha256,
    current_timestamp as applied_at;
