-- The named cities around a point.
-- Grain: one city. Reads: entities.
-- Great-circle distances on a sphere, which are good to half a percent.

-- noqa: disable=PRS, LT02, RF02

create or replace macro nearby(near_latitude, near_longitude, km) as table
with
measured as (
    select
        entity.entity_id,
        entity.name,
        entity.country_code,
        2 * 6371 * asin(sqrt(
            pow(sin(radians(entity.latitude - near_latitude) / 2), 2)
            + cos(radians(near_latitude)) * cos(radians(entity.latitude))
            * pow(sin(radians(entity.longitude - near_longitude) / 2), 2)
        )) as distance_km
    from main.entities as entity
    where entity.latitude is not null
)

select
    measured.entity_id,
    measured.name,
    measured.country_code,
    round(measured.distance_km, 1) as distance_km
from measured
where measured.distance_km <= km
order by measured.distance_km;

comment on macro table nearby is
'The cities named by stories that lie within so many km of a latitude and longitude, nearest first.';
