-- What changed from each text of a story to the next.
-- Grain: one story and version after the first. Reads: article_versions.
-- A paragraph that only moved is neither added nor removed.

create or replace view article_changes as
with
successions as (
    select
        newer.article_id,
        newer.version,
        newer.seen_at,
        older.title as old_title,
        newer.title as new_title,
        string_split(older.body, chr(10)) as old_paragraphs,
        string_split(newer.body, chr(10)) as new_paragraphs
    from article_versions as newer
    inner join article_versions as older
        on
            newer.article_id = older.article_id
            and newer.version = older.version + 1
)

select
    article_id,
    version,
    seen_at,
    old_title,
    new_title,
    list_filter(
        new_paragraphs, lambda paragraph: not list_contains(old_paragraphs, paragraph)
    ) as added_paragraphs,
    list_filter(
        old_paragraphs, lambda paragraph: not list_contains(new_paragraphs, paragraph)
    ) as removed_paragraphs
from successions;

comment on view article_changes is
'One row per story and version after the first: what changed since the version before.';
comment on column article_changes.article_id is 'The story.';
comment on column article_changes.version is 'The version that brought the change.';
comment on column article_changes.seen_at is 'When it was first seen.';
comment on column article_changes.old_title is 'The headline before.';
comment on column article_changes.new_title is 'The headline since.';
comment on column article_changes.added_paragraphs is
'Paragraphs that the version before lacks, in their order; a reworded one is added and removed.';
comment on column article_changes.removed_paragraphs is
'Paragraphs of the version before that are gone, in their order.';
