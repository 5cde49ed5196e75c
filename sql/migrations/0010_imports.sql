-- What came from an imported WARC record rather than from the site, and no feed gaps that an absurd
-- id opened.
-- Grain: one response; one story; one feed and poll; one feed gap. Reads: id_anchors.
-- Known are ids from about the year 2000, and up to 10,000 a day after the newest anchor.

alter table captures add column claimed_at timestamptz;

comment on column captures.claimed_at is
'When an imported WARC record says that it was fetched; null for a response of the site.';

alter table articles add column is_imported boolean;

comment on column articles.is_imported is
'Whether the text came from an imported WARC record, because the site has given none; null in rows
of earlier versions, which did not note it.';

create temp table possible_ids as
select
    1083000000 as first_id,
    max(article_id) + 10000 * greatest(30 + epoch(now() - max(published_at)) / 86400, 30) as last_id
from id_anchors;

update feed_polls
set
    article_ids = list_filter(
        feed_polls.article_ids,
        lambda one: one >= possible.first_id and one <= possible.last_id
    )
from possible_ids as possible
where
    list_min(feed_polls.article_ids) < possible.first_id
    or list_max(feed_polls.article_ids) > possible.last_id;

delete from feed_polls
where len(article_ids) = 0;

delete from feed_gaps
using possible_ids as possible
where feed_gaps.first_id < possible.first_id or feed_gaps.last_id > possible.last_id;

drop table possible_ids;
