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

update article_versions
set seen_at = $latest + to_microseconds(version) -- in their order
where seen_at > $latest;

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
