-- `affected_windows`: the loss windows that the batch noticed, or says something about.
-- Grain: one loss window. Reads: loss_windows, polled_feeds, and the staged tables.

create or replace temp table affected_windows as
with
named_ids as (
    select article_id from staged_captures
    union
    select article_id from staged_sightings
    union
    select article_id from staged_rejects
)

select
    known.feed_url,
    known.noticed_at,
    known.first_id,
    known.last_id
from loss_windows as known
semi join named_ids as named
    on
        known.first_id <= named.article_id
        and known.last_id >= named.article_id
union
select
    known.feed_url,
    known.noticed_at,
    known.first_id,
    known.last_id
from loss_windows as known
semi join polled_feeds as feed
    on
        known.feed_url = feed.feed_url
        and known.noticed_at >= feed.polled_at;

select count(*) as window_count
from affected_windows;
