-- Dates the rejects of a rebuilt warehouse by the response that was rejected, not by today, since a
-- story rests from that time on; and adds those that the status of a story's last response means.
-- Grain: one run and rejected page; one run and story. Reads: rejects, captures.
-- Rejects without a response (robots.txt, no connection, no time) are not in the archive.

with
answers as (
    select
        run_id,
        url,
        max(fetched_at) as fetched_at
    from captures
    group by run_id, url
)

update rejects
set rejected_at = answer.fetched_at
from answers as answer
where
    rejects.stage = 'read'
    and rejects.run_id = answer.run_id
    and rejects.url = answer.url;

with
last_responses as (
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
            when status = 408 then 'timed-out'
            when status in (425, 429) then 'rate-limited'
            when status in (401, 403, 451) then 'forbidden'
            when status >= 500 then 'server-error'
            when status >= 400 then 'client-error'
            when status >= 300 then 'redirected-away'
            else 'broken-transfer'
        end as reason,
        concat('status ', status) as detail,
        run_id,
        fetched_at as rejected_at
    from last_responses
    where status not in (200, 203, 304)
)

insert into rejects by name
select *
from final;
