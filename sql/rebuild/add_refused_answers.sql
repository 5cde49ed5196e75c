-- Adds what the fetch refused because of the status of its last answer.
-- Grain: one run and story. Reads: captures.
-- Refusals without an answer (robots.txt, no connection, no time) are not in the archive.

with
last_answers as (
    select
        run_id,
        article_id,
        arg_min(url, (fetched_at, capture_id)) as url,
        arg_max(status, (fetched_at, capture_id)) as status,
        max(fetched_at) as fetched_at
    from captures
    where article_id is not null
    group by run_id, article_id
),

final as (
    select
        url,
        article_id,
        'fetch' as stage,
        case
            when status = 404 then 'not-found'
            when status = 410 then 'gone'
            when status = 429 then 'rate-limited'
            when status in (401, 403, 451) then 'forbidden'
            when status >= 500 then 'server-error'
            when status >= 400 then 'client-error'
            when status >= 300 then 'redirected-away'
            else 'broken-transfer'
        end as reason,
        concat('status ', status) as detail,
        run_id,
        fetched_at as rejected_at
    from last_answers
    where status not in (200, 304)
)

insert into rejects by name
select *
from final;
