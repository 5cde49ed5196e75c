-- The migrations that this warehouse has had.
-- Grain: one migration. Reads: migrations.

select
    version,
    sha256
from migrations
order by version;
