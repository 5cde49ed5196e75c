-- What each poll of a feed showed, and where a feed ran on between two polls.
-- Grain: stated in each table's comment. Reads: nothing.

create table feed_polls (
    feed_url varchar not null,
    polled_at timestamptz not null,
    article_ids bigint[] not null,
    capture_id varchar not null,
    run_id varchar not null
);

comment on table feed_polls is
'One row per feed and poll that showed stories: an unchanged, empty or broken feed has none.';
comment on column feed_polls.feed_url is 'Canonical address of the feed.';
comment on column feed_polls.polled_at is 'When its answer was complete.';
comment on column feed_polls.article_ids is 'The stories that it showed, oldest id first.';
comment on column feed_polls.capture_id is 'The answer''s capture.';
comment on column feed_polls.run_id is 'The run that asked.';

create table loss_windows (
    feed_url varchar not null,
    first_id bigint not null,
    last_id bigint not null,
    polled_before_at timestamptz not null,
    noticed_at timestamptz not null,
    run_id varchar not null,
    settled_count bigint not null,
    found_count bigint not null,
    closed_at timestamptz,
    closed_how varchar
);

comment on table loss_windows is
'One row per feed and poll that shares no story with the poll before it: stories may have passed
through the feed unseen in between. Their ids lie in the window, among those of other feeds.';
comment on column loss_windows.feed_url is 'Canonical address of the feed.';
comment on column loss_windows.first_id is 'The id after the newest of the poll before.';
comment on column loss_windows.last_id is 'The id before the oldest new one of the poll.';
comment on column loss_windows.polled_before_at is 'When the feed was polled before.';
comment on column loss_windows.noticed_at is 'When it was polled and shared no story with that.';
comment on column loss_windows.run_id is 'The run that polled it.';
comment on column loss_windows.settled_count is
'Ids of the window that a listing showed, or that were asked for and answered.';
comment on column loss_windows.found_count is
'Stories of the window that are in articles only because they were asked for by id.';
comment on column loss_windows.closed_at is
'When the last of its ids was settled; null while the window is open.';
comment on column loss_windows.closed_how is
'found (asking by id brought stories) or nothing-lost; null while the window is open.';
