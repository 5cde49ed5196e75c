-- Fills the seed tables from the CSV files of this folder, and applies the providers' spellings.
-- Grain: one story; one provider; one reason. Reads: the CSV files, each by a parameter of its
-- name; articles. Noon stands for a day.
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
