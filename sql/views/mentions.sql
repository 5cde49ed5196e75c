-- The names in the current texts of articles.
-- Grain: one name in one text. Reads: mentions, entities.

create or replace view mentions as
select
    mention.article_id,
    named.canonical_id as entity_id,
    mention.part,
    mention.start_char,
    mention.end_char,
    mention.surface,
    canonical.type,
    canonical.name,
    mention.form,
    mention.role,
    mention.entity_id as name_id,
    mention.recogniser,
    mention.sentence_number
from ops.mentions as mention
inner join ops.entities as named on mention.entity_id = named.entity_id
inner join ops.entities as canonical on named.canonical_id = canonical.entity_id;

comment on view mentions is 'One row per name in the current text of an article.';
comment on column mentions.article_id is 'The story.';
comment on column mentions.entity_id is 'Who or what is named, in entities.';
comment on column mentions.part is 'Which text it is in: title or body.';
comment on column mentions.start_char is 'First code point of the name in that text, from 0.';
comment on column mentions.end_char is 'One past its last code point.';
comment on column mentions.surface is 'The name as printed.';
comment on column mentions.type is 'person, organization or place.';
comment on column mentions.name is 'The name in entities.';
comment on column mentions.form is
'How the printed name relates to the full one: exact, transliteration, short, acronym or table
(another name in the gazetteers); null in rows loaded before version 0.2.0.';
comment on column mentions.role is
'The role printed next to a person''s name, such as Prime Minister; null without one.';
comment on column mentions.name_id is
'The full name that it stands for; several names may be of one entity, see entity_names.';
comment on column mentions.recogniser is 'Name and version of the recogniser that found it.';
comment on column mentions.sentence_number is
'The sentence it is in, see sentences; null until wirehouse rebuild --entities has numbered it.';
