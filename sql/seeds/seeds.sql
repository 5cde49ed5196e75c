-- Fills the seed tables from the CSV files of this folder, and applies the providers' spellings.
-- Grain: one story; one provider; one reason; one currency; one city; one organisation; one rule.
-- Reads: the CSV files, each by a parameter of its name; articles. Noon stands for a day.
-- organisations.csv is a link to the recogniser's. The id of a city is the one that a mention of it
-- gets: a digest of its type and of its number at geonames.org.
-- To correct a provider's spelling, correct the file: the next run applies it, see
-- `provider_spellings` for the names that were seen.

delete from id_anchors;

insert into id_anchors by name
select
    article_id,
    (published_on + interval 12 hours)::timestamptz as published_at,
    is_approximate
from read_csv(
    $id_anchors,
    header = true,
    columns = { 'article_id': 'bigint', 'published_on': 'date', 'is_approximate': 'boolean' }
);

delete from providers;

insert into providers by name
select
    provider_code,
    name
from read_csv(
    $providers,
    header = true,
    columns = { 'provider_code': 'varchar', 'name': 'varchar' }
);

update articles
set provider = settled.name
from providers as settled
where
    articles.provider_code = settled.provider_code
    and articles.provider <> settled.name;

delete from reject_reasons;

insert into reject_reasons by name
select
    reason,
    reason_group,
    meaning
from read_csv(
    $reject_reasons,
    header = true,
    columns = { 'reason': 'varchar', 'reason_group': 'varchar', 'meaning': 'varchar' }
);

delete from currency_rates;

insert into currency_rates by name
select
    currency,
    units_per_usd
from read_csv(
    $currency_rates,
    header = true,
    columns = { 'currency': 'varchar', 'units_per_usd': 'decimal(12, 6)' }
);

delete from city_coordinates;

insert into city_coordinates by name
select
    'place:' || left(sha256('place:GN' || geoname_id), 16) as entity_id,
    geoname_id,
    latitude,
    longitude
from read_csv(
    $city_coordinates,
    header = true,
    columns = { 'geoname_id': 'integer', 'latitude': 'double', 'longitude': 'double' }
);

delete from known_organisations;

insert into known_organisations by name
select
    name,
    kind,
    ticker,
    arabic_name as name_ar
from read_csv($organisations, header = true, all_varchar = true);

delete from alert_rules;

insert into alert_rules by name
select *
from read_csv(
    $alert_rules,
    header = true,
    columns = {
        'rule': 'varchar',
        'warning_threshold': 'double',
        'critical_threshold': 'double',
        'is_minimum': 'boolean',
        'unit': 'varchar',
        'meaning': 'varchar',
        'advice': 'varchar'
    }
);
