-- No response is dated in the future: the machine's clock is, or was, wrong.
-- Severity: warn. Grain: one response or story. Reads: captures, articles.

select
    article_id,
    fetched_at as dated_at
from captures
where fetched_at > now() + interval 10 minutes
union all
select
    article_id,
    last_checked_at as dated_at
from articles
where last_checked_at > now() + interval 10 minutes
order by dated_at desc;
