-- Brings times to come down to now: a machine's clock that was ahead leaves them, and such a row
-- would outrank every later one, be checked again only when its time has come, and hide a silence.
-- Grain: one row of each table. Reads: $latest, the latest time that is believed.
-- Where there are none, as nearly always, the statistics of the columns spare reading any row.

update captures
set fetched_at = $latest
where fetched_at > $latest;

update listing_entries
set
    seen_at = least(seen_at, $latest),
    last_seen_at = least(last_seen_at, $latest)
where last_seen_at > $latest;

update listing_validators
set checked_at = $latest
where checked_at > $latest;

update feed_polls
set polled_at = $latest
where polled_at > $latest;

update feed_gaps
set
    previous_polled_at = least(previous_polled_at, $latest),
    detected_at = least(detected_at, $latest),
    closed_at = least(closed_at, $latest)
where detected_at > $latest;

update articles
set
    first_seen_at = least(first_seen_at, $latest),
    last_seen_at = least(last_seen_at, $latest),
    last_checked_at = least(last_checked_at, $latest)
where last_checked_at > $latest;

update observations
set seen_at = capped.seen_at
from (
    select
        rowid as row_id,
        -- in their order
        $latest + to_microseconds(
            row_number() over (partition by article_id order by seen_at, capture_id)
        ) as seen_at
    from observations
    where seen_at > $latest
) as capped
where observations.rowid = capped.row_id;

update article_versions
set
    seen_at = known.seen_at,
    valid_from = known.seen_at
from observations as known
where
    article_versions.seen_at > $latest
    and article_versions.article_id = known.article_id
    and article_versions.capture_id = known.capture_id;

update article_versions
set valid_to = newer.valid_from
from article_versions as newer
where
    article_versions.valid_to > $latest
    and article_versions.article_id = newer.article_id
    and article_versions.version + 1 = newer.version;

update entities
set first_seen_at = $latest
where first_seen_at > $latest;

update rejects
set rejected_at = $latest
where rejected_at > $latest;

update runs
set
    started_at = least(started_at, $latest),
    finished_at = least(finished_at, $latest)
where started_at > $latest or finished_at > $latest;
