-- How often each printed name stands for a person, an organisation and a place, by which one type
-- is chosen for it.

create table name_uses (
    name varchar not null,
    person_count bigint not null,
    organization_count bigint not null,
    place_count bigint not null,
    titled_count bigint not null
);

insert into name_uses by name
select
    lower(surface) as name,
    count(*) filter (where starts_with(entity_id, 'person:')) as person_count,
    count(*) filter (where starts_with(entity_id, 'organization:')) as organization_count,
    count(*) filter (where starts_with(entity_id, 'place:')) as place_count,
    count(role) as titled_count
from mentions
group by lower(surface);

comment on table name_uses is
'One row per printed name of the mentions: which type its uses have, each by its own article.';
comment on column name_uses.name is 'The name in lower case.';
comment on column name_uses.person_count is 'Uses for a person.';
comment on column name_uses.organization_count is 'Uses for an organisation.';
comment on column name_uses.place_count is 'Uses for a place.';
comment on column name_uses.titled_count is 'Uses for a person with a role beside the name.';

comment on column entities.entity_id is
'Stable id: the type that its articles give it, and a digest of the canonical name.';
comment on column entities.type is
'person, organization or place: what most uses of its name are, whatever its id says.';
