-- The sections that each story was seen in; a story's page does not name its own.
-- Grain: one story, section and kind of list. Reads: listing_entries.
-- The site's feeds lie under /rss or are .xml files; everything else that lists stories is a
-- listing.

create or replace view article_sections as
with
placed as (
    select
        article_id,
        section,
        seen_at,
        case
            when regexp_matches(listing_url, '^[^?]*(/rss/|[.]xml$|[.]xml[?])', 'i') then 'feed'
            else 'listing'
        end as kind
    from listing_entries
)

select
    article_id,
    section,
    kind,
    min(seen_at) as first_seen_at
from placed
group by article_id, section, kind;

comment on view article_sections is
'One row per story, section that it was seen in, and kind of list (feed or listing).';
comment on column article_sections.article_id is
'The story; it is not in articles before its page was loaded, or if that can''t be used.';
comment on column article_sections.section is
'The feed''s country or the listing''s section, as its address names it.';
comment on column article_sections.kind is 'Where it was seen: feed or listing.';
comment on column article_sections.first_seen_at is 'When it was first seen there.';
