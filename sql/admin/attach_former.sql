-- Opens a copy of the warehouse that a rebuild replaces, and lists the files of the archive that
-- responses are gone from.
-- Grain: one file of the archive. Reads: that copy, whose path the program writes in as a quoted
-- literal; captures.

-- noqa: disable=PRS

attach $path as former (read_only);

select
    former_capture.warc_path,
    count(*) as capture_count
from former.captures as former_capture
anti join captures as capture on former_capture.capture_id = capture.capture_id
group by former_capture.warc_path
order by former_capture.warc_path;
