-- The seed and view files as they were last applied.
-- Grain: one file. Reads: applied_files.

select
    path,
    sha256
from applied_files
order by path;
