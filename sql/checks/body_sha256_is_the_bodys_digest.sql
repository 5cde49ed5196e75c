-- Every body_sha256 is the digest of the body in its row.
-- Severity: fail. Grain: one story. Reads: fresh_texts.

select
    article_id,
    body_sha256
from fresh_texts
where body_sha256 <> sha256(body);
