-- When each feed and listing is to be polled next.

create table main.poll_schedule (
    listing_url varchar primary key,
    polled_at timestamptz,
    due_at timestamptz,
    story_count bigint,
    new_count bigint
);

comment on table main.poll_schedule is
'One row per feed and listing: when a scheduled run polls it next, as of the end of the last run.';
comment on column main.poll_schedule.listing_url is
'Canonical address of the feed, or of the listing''s first page.';
comment on column main.poll_schedule.polled_at is
'When the site last gave it, changed or not; null before that, or after four weeks without.';
comment on column main.poll_schedule.due_at is
'When it is due next; null for at once, where no poll of it is known.';
comment on column main.poll_schedule.story_count is
'How many stories it holds, by the last poll that showed any.';
comment on column main.poll_schedule.new_count is
'How many of them the last poll showed for the first time.';
