-- Fills `providers` from the seed file of that name, and spells the known stories by it.
-- Grain: one provider. Reads: $path, sql/seeds/providers.csv; articles.
-- To correct a spelling, correct the file: the next run applies it, see `provider_spellings` for
-- the names that were seen.

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

update articles
set provider = settled.name
from providers as settled
where
    articles.provider_code = settled.provider_code
    and articles.provider <> settled.name;
