-- Adds the batch's listing_entries, and widens the span of those that the warehouse has.
-- Grain: one story on one listing. Reads: staged_listing_entries, listing_entries.

create or replace temp table spans as
select
    article_id,
    listing_url,
    min(seen_at) as seen_at,
    max(seen_at) as last_seen_at,
    arg_min(url, seen_at) as url,
    arg_min(section, seen_at) as section,
    arg_min(title, seen_at) filter (where title is not null) as title,
    arg_min(published_at, seen_at) filter (where published_at is not null) as published_at,
    arg_min(capture_id, seen_at) as capture_id,
    arg_min(run_id, seen_at) as run_id
from staged_listing_entries
group by article_id, listing_url;

insert into listing_entries by name
with
known_sightings as (
    select
        known.article_id,
        known.listing_url
    from listing_entries as known
    semi join spans as span on known.article_id = span.article_id
)

select span.*
from spans as span
anti join known_sightings as known
    on
        span.article_id = known.article_id
        and span.listing_url = known.listing_url;

update listing_entries
set
    seen_at = least(listing_entries.seen_at, span.seen_at),
    last_seen_at = greatest(listing_entries.last_seen_at, span.last_seen_at),
    published_at = coalesce(listing_entries.published_at, span.published_at)
from spans as span
where
    listing_entries.article_id = span.article_id
    and listing_entries.listing_url = span.listing_url
    and (
        listing_entries.seen_at > span.seen_at
        or listing_entries.last_seen_at < span.last_seen_at
        or (listing_entries.published_at is null and span.published_at is not null)
    );
