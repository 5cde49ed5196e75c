-- Brings captures in line with the archive: of listings that were changed the digest and length,
-- and none of those whose record is gone.
-- Grain: one response. Reads: captures; $changed, $digests and $lengths place by place; $removed.

update captures
set
    payload_sha256 = change.payload_sha256,
    body_bytes = change.body_bytes
from (
    select
        unnest($changed::varchar[]) as capture_id,
        unnest($digests::varchar[]) as payload_sha256,
        unnest($lengths::bigint[]) as body_bytes
) as change
where
    captures.capture_id = change.capture_id
    and captures.payload_sha256 <> change.payload_sha256;

delete from captures
where capture_id in (select unnest($removed::varchar[]));
