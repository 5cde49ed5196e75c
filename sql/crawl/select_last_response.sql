-- Where in the archive is the last sound response of this address?
-- Grain: one response at most. Reads: captures; $url.

select
    warc_path,
    warc_offset
from captures
where
    url = $url
    and status = 200
order by fetched_at desc
limit 1;
