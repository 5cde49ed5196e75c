-- How often did robots.txt change in the last day?
-- Grain: one address of it that changed. Reads: captures; $now.
-- A response that says that there is none counts like a file; errors of the server don't.

with
files as (
    select
        url,
        fetched_at,
        if(status = 200, payload_sha256, 'none') as content
    from captures
    where
        article_id is null
        and fetched_at > $now::timestamptz - interval 14 days
        and url like '%/robots.txt'
        and (status = 200 or status between 400 and 499)
        and status <> 429
),

compared as (
    select
        *,
        lag(content) over (partition by url order by fetched_at) as content_before
    from files
)

select
    url as subject,
    count(*)::double as value,
    strftime(max(fetched_at), 'changed at %Y-%m-%d %H:%M UTC; captures names its records') as detail
from compared
where content <> content_before and fetched_at > $now::timestamptz - interval 1 day
group by url;
