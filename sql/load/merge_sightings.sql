-- Adds the batch's sightings, and widens the span of those that the warehouse has.
-- Grain: one story on one listing. Reads: staged_sightings, sightings.

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
from staged_sightings
group by article_id, listing_url;

insert into sightings by name
with
known_sightings as (
    select
        known.article_id,
        known.listing_url
    from sightings as known
    semi join spans as span on known.article_id = span.article_id
)

select span.*
from spans as span
anti join known_sightings as known
    on
        span.article_id = known.article_id
        and span.listing_url = known.listing_url;

update sightings
set
    seen_at = least(sightings.seen_at, span.seen_at),
    last_seen_at = greatest(sightings.last_seen_at, span.last_seen_at),
    published_at = coalesce(sightings.published_at, span.published_at)
from spans as span
where
    sightings.article_id = span.article_id
    and sightings.listing_url = span.listing_url
    and (
        sightings.seen_at > span.seen_at
        or sightings.last_seen_at < span.last_seen_at
        or (sightings.published_at is null and span.published_at is not null)
    );
