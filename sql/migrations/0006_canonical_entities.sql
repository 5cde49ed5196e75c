-- Entities that count as one, what they are known by, and what a reader has ruled.
-- Grain: one entity; one name in one text; one person; one person and article; one pair.
-- Reads: entities, mentions.

alter table entities add column canonical_id varchar;

alter table entities add column first_article_id bigint;

update entities
set
    canonical_id = entities.entity_id,
    first_article_id = named.first_article_id
from (
    select
        entity.entity_id,
        min(mention.article_id) as first_article_id
    from entities as entity
    left join mentions as mention on entity.entity_id = mention.entity_id
    group by entity.entity_id
) as named
where entities.entity_id = named.entity_id;

comment on table entities is
'One row per name of a person, organisation or place; canonical_entities has one per real one.';
comment on column entities.canonical_id is
'The entity that it counts as; its own id where no evidence or reader joined it to another.';
comment on column entities.first_article_id is
'The story of the smallest id that has named it; of several that are one the first counts.';
comment on column entities.name is
'Its fullest name in first_article_id, or its name in the tables.';
comment on column entities.country_code is
'ISO 3166-1 alpha-2, where one applies; of a person the country that tells namesakes apart.';

alter table mentions add column form varchar;

alter table mentions add column role varchar;

comment on column mentions.entity_id is
'What is named; entities.canonical_id says what that counts as.';
comment on column mentions.form is
'How it stands to the full name: exact, transliteration, short, acronym or table; null if old.';
comment on column mentions.role is
'What the person is said to be beside the name, as printed: Prime Minister; null if nothing.';

create table person_names (
    entity_id varchar not null,
    block_key varchar not null,
    parts varchar[] not null,
    companions varchar[] not null
);

comment on table person_names is
'One row per person whose name has two parts or more: how the loading compares it with others.';
comment on column person_names.entity_id is 'The person.';
comment on column person_names.block_key is
'Sounds of the first and the last part of the name; only persons that share it are compared.';
comment on column person_names.parts is
'The parts that tell people apart, given names by their number in the table of spellings.';

comment on column person_names.companions is
'Those of its appearances that are in a tenth of its articles or more.';

create table appearances (
    article_id bigint not null,
    entity_id varchar not null,
    companions varchar[] not null
);

comment on table appearances is
'One row per person of person_names and article whose current text names it.';
comment on column appearances.article_id is 'The story.';
comment on column appearances.entity_id is 'The person.';
comment on column appearances.companions is
'Countries the article is about, as country:KW, and organisations in sentences with the person.';

create table entity_candidates (
    entity_id varchar not null,
    other_id varchar not null,
    evidence varchar not null,
    found_at timestamptz not null
);

comment on table entity_candidates is
'One row per two entities that may be one; settled by wirehouse entities merge or split.';
comment on column entity_candidates.entity_id is 'One of them; the id that sorts first.';
comment on column entity_candidates.other_id is 'The other.';
comment on column entity_candidates.evidence is 'Why they may be one.';
comment on column entity_candidates.found_at is
'When both had been seen: the first_seen_at of the later one.';

create table entity_decisions (
    entity_id varchar not null,
    other_id varchar not null,
    ruling varchar not null,
    decided_at timestamptz not null
);

comment on table entity_decisions is
'One row per pair ruled on by wirehouse entities merge or split; a rebuild keeps it.';
comment on column entity_decisions.entity_id is 'One entity; after a merge it counts as the other.';
comment on column entity_decisions.other_id is 'The other.';
comment on column entity_decisions.ruling is 'merge (they are one) or split (they are two).';
comment on column entity_decisions.decided_at is 'When.';
