-- Stories that were taken down: no ingest, backfill or rebuild brings them back.
-- Grain: one story. Reads: nothing.

create table forgotten (
    article_id bigint primary key,
    forgotten_at timestamptz not null,
    reason varchar not null,
    erased_at timestamptz
);

comment on table forgotten is
'One row per story that was taken down by wirehouse forget; nothing else is kept of it.';
comment on column forgotten.article_id is 'The story.';
comment on column forgotten.forgotten_at is 'When it was first asked to be forgotten.';
comment on column forgotten.reason is 'Why, in the operator''s words; empty where none was given.';
comment on column forgotten.erased_at is
'When the last trace of it was gone from the files; null while that is unfinished.';
