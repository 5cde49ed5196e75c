-- Adds the rejects, and one for each reading without a possible date.
-- Grain: one run and rejected thing. Reads: staged_rejects, staged_articles, staged_captures,
-- dated, rejects.
-- What an imported record can't be used for says nothing of the site's story, whose next request it
-- would put off: it counts for no story.

insert into staged_rejects by name
select
    staged.url,
    staged.article_id,
    'load' as stage,
    'impossible-date' as reason,
    concat(
        'page ', coalesce(staged.page_at::varchar, 'none'),
        ', feed ', coalesce(date.feed_at::varchar, 'none'),
        ', token ', coalesce(staged.token_at::varchar, 'none'),
        ', id of no possible date'
    ) as detail,
    staged.run_id,
    staged.seen_at as rejected_at
from staged_articles as staged
inner join dated as date
    on
        staged.article_id = date.article_id
        and staged.capture_id = date.capture_id
where date.published_at is null;

update staged_rejects
set article_id = null
where
    stage in ('read', 'load')
    and article_id in (
        select imported.article_id
        from staged_captures as imported
        where imported.claimed_at is not null
    );

insert into rejects by name
select distinct on (staged.run_id, staged.stage, staged.url, staged.reason) staged.*
from staged_rejects as staged
anti join rejects as known
    on
        staged.run_id = known.run_id
        and staged.stage = known.stage
        and staged.url = known.url
        and staged.reason = known.reason
order by staged.run_id, staged.stage, staged.url, staged.reason, staged.rejected_at;
