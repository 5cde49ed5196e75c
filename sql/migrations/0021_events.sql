-- Which stories are on one happening.

alter table ops.articles add column event_id bigint;

comment on column ops.articles.event_id is
'The first story on the same happening, by its article_id; its own where there is no other.';

update ops.articles
set event_id = cluster_id;

create table ops.event_traits (
    article_id bigint not null,
    published_at timestamptz not null,
    language varchar not null,
    traits varchar[] not null,
    words varchar[] not null
);

comment on table ops.event_traits is
'One row per article, with what it is compared by to find other stories on the same happening.';
comment on column ops.event_traits.article_id is 'The article.';
comment on column ops.event_traits.published_at is 'When it was published.';
comment on column ops.event_traits.language is 'ISO 639-1 code of its text.';
comment on column ops.event_traits.traits is
'The full names in its text, as ids, and its numbers, as #3.5: the same in every language.';
comment on column ops.event_traits.words is 'The terms of its title and first paragraph.';

create table ops.event_pairs (
    first_id bigint not null,
    second_id bigint not null
);

comment on table ops.event_pairs is
'One row per pair of articles that are so much alike in names, numbers and words that they are on
one happening.';
comment on column ops.event_pairs.first_id is 'The smaller article_id.';
comment on column ops.event_pairs.second_id is 'The greater one.';
