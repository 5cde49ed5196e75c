-- What had to be repaired to read a feed.

alter table feed_polls add column repair varchar;

comment on column feed_polls.repair is
'What had to be repaired to read the feed, such as an undefined entity; null for well-formed XML.';
