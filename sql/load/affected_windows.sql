-- `affected_windows`: the feed gaps that the batch noticed, or says something about.
-- Grain: one feed gap. Reads: feed_gaps, polled_feeds, and the staged tables.

create or replace temp table affected_windows as
with
named_ids as (
    select article_id from staged_captures
    union
    select article_id from staged_listing_entries
    union
    select article_id from staged_rejects
)

select
    known.feed_url,
    known.detected_at,
    known.first_id,
    known.last_id
from feed_gaps as known
semi join named_ids as named
    on
        known.first_id <= named.article_id
        and known.last_id >= named.article_id
union
select
    known.feed_url,
    known.detected_at,
    known.first_id,
    known.last_id
from feed_gaps as known
semi join polled_feeds as feed
    on
        known.feed_url = feed.feed_url
        and known.detected_at >= feed.polled_at;

select count(*) as window_count
from affected_windows;
