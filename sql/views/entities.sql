-- People, organisations and places, each once, whatever names they go by.
-- Grain: one entity. Reads: entities, city_coordinates, known_organisations.
-- Of a person the stored country is that of the stories which name it, so as to tell namesakes
-- apart: it is no nationality.

create or replace view entities as
with
other_names as (
    select
        canonical_id,
        min(country_code) as country_code,
        min(first_seen_at) as first_seen_at,
        min(first_article_id) as first_article_id,
        count(*) as other_count
    from ops.entities
    where entity_id <> canonical_id
    group by canonical_id
),

-- With its type as a column: a condition on one table in the join makes it 40 times slower.
organisations as (
    select
        name,
        'organization' as type,
        kind,
        ticker,
        name_ar
    from ops.known_organisations
)

select
    entity.entity_id,
    entity.type,
    entity.name,
    case
        when entity.type <> 'person' then coalesce(entity.country_code, other.country_code)
    end as country_code,
    least(entity.first_seen_at, other.first_seen_at) as first_seen_at,
    case
        when entity.type = 'person' then coalesce(entity.country_code, other.country_code)
    end as context_country,
    city.geoname_id,
    city.latitude,
    city.longitude,
    organisation.kind,
    organisation.ticker,
    organisation.name_ar,
    least(entity.first_article_id, other.first_article_id) as first_article_id,
    coalesce(other.other_count, 0) + 1 as name_count
from ops.entities as entity
left join other_names as other on entity.entity_id = other.canonical_id
left join ops.city_coordinates as city on entity.entity_id = city.entity_id
left join organisations as organisation
    on
        entity.name = organisation.name
        and entity.type = organisation.type
where entity.entity_id = entity.canonical_id;

comment on view entities is 'One row per person, organisation or place, whatever its names.';
comment on column entities.entity_id is 'Stable id: the type and a digest of the canonical name.';
comment on column entities.type is 'person, organization or place.';
comment on column entities.name is
'Its canonical name; entity_names and entity_aliases have others.';
comment on column entities.country_code is
'ISO 3166-1 alpha-2 of a place or organisation, where one applies; null for persons.';
comment on column entities.first_seen_at is 'When the first article that names it was fetched.';
comment on column entities.context_country is
'Of a person, the country of the stories that name it: it tells namesakes apart and is no
nationality.';
comment on column entities.geoname_id is 'Of a city, its id at geonames.org; null for others.';
comment on column entities.latitude is 'Of a city, degrees north.';
comment on column entities.longitude is 'Of a city, degrees east.';
comment on column entities.kind is
'What an organisation of the gazetteer is, such as central bank or airline; null for others.';
comment on column entities.ticker is
'Exchange and code of its share, such as TADAWUL:2222; null where the gazetteer has none.';
comment on column entities.name_ar is 'Arabic name of an organisation of the gazetteer.';
comment on column entities.first_article_id is 'The smallest story id that has named it.';
comment on column entities.name_count is 'How many full names it has; see entity_names.';
