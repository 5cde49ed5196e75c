-- Whom and what does one provider report on alone?
-- Grain: one person or organisation. Reads: first_reports.
-- Alone is for two days, which is how long wires take to carry what others have, and in two stories
-- or more, so that a name that is printed once is none.

create or replace view exclusives as
select
    entity_id,
    type,
    name,
    article_id,
    published_at,
    provider,
    title,
    followed_at,
    story_count
from first_reports
where
    type <> 'place'
    and story_count >= 2
    and coalesce(followed_at > published_at + interval 2 days, true);

comment on view exclusives is
'One row per person or organisation in two stories or more that no other provider named within two
days of the first.';
comment on column exclusives.entity_id is 'Who or what, in entities.';
comment on column exclusives.type is 'person or organization.';
comment on column exclusives.name is 'Its name.';
comment on column exclusives.article_id is 'The first story that names it.';
comment on column exclusives.published_at is 'When it was published.';
comment on column exclusives.provider is 'Who provided it.';
comment on column exclusives.title is 'Its headline.';
comment on column exclusives.followed_at is
'When another provider named it, more than two days later; null where none has.';
comment on column exclusives.story_count is
'Stories that name it, copies under several ids counted once.';
