-- People, organisations and places, each once, whatever spellings they go by.
-- Grain: one real entity. Reads: entities.

create or replace view canonical_entities as
with
joined as (
    select
        canonical_id,
        min(country_code) as country_code,
        min(first_seen_at) as first_seen_at,
        min(first_article_id) as first_article_id,
        count(*) as joined_count
    from entities
    group by canonical_id
)

select
    entity.entity_id,
    entity.type,
    entity.name,
    coalesce(entity.country_code, joined.country_code) as country_code,
    joined.first_seen_at,
    joined.first_article_id,
    joined.joined_count
from joined
inner join entities as entity on joined.canonical_id = entity.entity_id;

comment on view canonical_entities is
'One row per real person, organisation or place, as far as its names are known to be of one.';
comment on column canonical_entities.entity_id is
'Its id; in entities it is the canonical_id of every row that counts as it.';
comment on column canonical_entities.type is 'person, organization or place.';
comment on column canonical_entities.name is 'Its name; entity_aliases has the others.';
comment on column canonical_entities.country_code is 'ISO 3166-1 alpha-2, where one applies.';
comment on column canonical_entities.first_seen_at is
'When the first article that names it was fetched.';
comment on column canonical_entities.first_article_id is
'The smallest story id that has named it.';
comment on column canonical_entities.joined_count is 'How many rows of entities count as it.';
