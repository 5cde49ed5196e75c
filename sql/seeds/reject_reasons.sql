-- Fills `reject_reasons` from the seed file of that name.
-- Grain: one reason. Reads: $path, sql/seeds/reject_reasons.csv.

delete from reject_reasons;

insert into reject_reasons by name
select
    reason,
    reason_group,
    meaning
from read_csv(
    $path,
    header = true,
    columns = { 'reason': 'varchar', 'reason_group': 'varchar', 'meaning': 'varchar' }
);
