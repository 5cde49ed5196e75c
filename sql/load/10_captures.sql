-- Adds the captures and listing entries that the warehouse lacks, widens the time span of known
-- entries, and keeps each listing's newest validators for the next conditional request.
-- Grain: one response; one story and listing; one feed or listing page.
-- Reads: staged_captures, captures, staged_listing_entries, listing_entries,
-- staged_listing_validators, listing_validators.
-- Known captures are looked up by their times, so that only the newest row groups are scanned.

insert into captures by name
with
known_captures as (
    select known.capture_id
    from captures as known
    semi join staged_captures as staged on known.fetched_at = staged.fetched_at
)

select distinct on (staged.capture_id) staged.*
from staged_captures as staged
anti join known_captures as known on staged.capture_id = known.capture_id;

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
known_entries as (
    select
        known.article_id,
        known.listing_url
    from listing_entries as known
    semi join spans as span on known.article_id = span.article_id
)

select span.*
from spans as span
anti join known_entries as known
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

insert into listing_validators by name
select
    url,
    arg_max(struct_pack(etag := etag), checked_at).etag as etag,
    arg_max(struct_pack(last_modified := last_modified), checked_at).last_modified as last_modified,
    max(checked_at) as checked_at
from staged_listing_validators
group by url
on conflict (url) do update
    set
        etag = excluded.etag,
        last_modified = excluded.last_modified,
        checked_at = excluded.checked_at
    -- a clock that was ahead leaves a time that no poll would pass
    where excluded.checked_at >= least(listing_validators.checked_at, now());
