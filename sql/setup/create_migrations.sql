-- The table that records which migrations a warehouse has had; no migration makes it.
-- Grain: one migration. Reads: nothing.

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
