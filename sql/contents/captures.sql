-- What the wire answered, each different answer once: a run that finds another half done asks for
-- listings again. "Not modified" says only when the wire was asked.
-- Grain: one different answer. Reads: captures.

create or replace temp view contents as
select distinct captures.* exclude (capture_id, fetched_at, warc_path, warc_offset, run_id)
from captures
where status <> 304;
