-- Fills `providers` from the seed file of that name.
-- Grain: one provider. Reads: $path, sql/seeds/providers.csv.

delete from providers;

insert into providers by name
select
    provider_code,
    name
from read_csv(
    $path,
    header = true,
    columns = { 'provider_code': 'varchar', 'name': 'varchar' }
);
