-- In which files do answers lie that the former warehouse has and the archive has no more?
-- Grain: one file of the archive. Reads: former.captures, captures.

select
    former_capture.warc_path,
    count(*) as capture_count
from former.captures as former_capture
anti join captures as capture on former_capture.capture_id = capture.capture_id
group by former_capture.warc_path
order by former_capture.warc_path;
