-- What the versions say: every column but the clock.
-- Grain: one text of an article. Reads: article_versions, captures.

create or replace temp view contents as
with
answered as (
    select
        known.*,
        answer.payload_sha256
    from article_versions as known
    left join captures as answer on known.capture_id = answer.capture_id
)

select * exclude (seen_at, capture_id)
from answered;
