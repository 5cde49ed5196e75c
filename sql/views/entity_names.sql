-- The full names of each person, organisation and place.
-- Grain: one full name. Reads: entities.

create or replace view entity_names as
select
    named.entity_id as name_id,
    named.canonical_id as entity_id,
    named.type,
    named.name,
    named.country_code as context_country,
    named.first_seen_at,
    named.first_article_id
from ops.entities as named;

comment on view entity_names is
'One row per full name of a person, organisation or place; several may be of one entity.';
comment on column entity_names.name_id is
'Stable id: the type and a digest of the name; wirehouse entities merge and split take it.';
comment on column entity_names.entity_id is
'Whose name it is, in entities: its own id unless evidence or a decision merged it with another.';
comment on column entity_names.type is 'person, organization or place.';
comment on column entity_names.name is
'The fullest name in first_article_id, or the name in the gazetteers.';
comment on column entity_names.context_country is
'ISO 3166-1 alpha-2: of a person the country of the stories, which tells namesakes apart.';
comment on column entity_names.first_seen_at is 'When the first article that has it was fetched.';
comment on column entity_names.first_article_id is 'The smallest story id that has it.';
