-- What the articles say: every column but clocks and run ids.
-- Grain: one article. Reads: articles, captures.
-- A capture id is made anew when a page is fetched anew; the page's own digest stands for it.

create or replace temp view contents as
with
answered as (
    select
        article.*,
        answer.payload_sha256
    from articles as article
    left join captures as answer on article.capture_id = answer.capture_id
)

select * exclude (first_seen_at, last_seen_at, last_checked_at, capture_id, run_id)
from answered;
