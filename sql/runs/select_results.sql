-- What became of the feeds, listings and stories that a run requested?
-- Grain: one kind (feeds, listings, stories) and reason, null for what could be read.
-- Reads: listing_validators, rejects, captures, runs, loads, listing_entries; $feeds and $listings;
-- $ignored, the reasons that say nothing about the site; $missing, those that say nothing unless a
-- listing showed the story.
-- Listings are read if they showed a story or have not changed. A run that polled only those that
-- were due is judged by the last poll of each, within a day, of the kinds that it polled. Stories
-- that were refused before earlier runs read others are no news. Those refused since count too,
-- whichever run requested them, so that passes of a few stories are judged together; not so
-- ($is_named) where a person named the stories.

with
polled as (
    select
        'feeds' as kind,
        unnest($feeds::varchar[]) as url
    union all
    select
        'listings' as kind,
        unnest($listings::varchar[]) as url
),

tries as (
    select
        url,
        run_id,
        fetched_at as tried_at,
        null as reason
    from captures
    where
        article_id is null
        and (run_id = $run_id or fetched_at > $started_at::timestamptz - interval 1 day)
    union all
    select
        url,
        run_id,
        rejected_at as tried_at,
        reason
    from rejects
    where
        stage = 'discover'
        and (run_id = $run_id or rejected_at > $started_at::timestamptz - interval 1 day)
),

tries_by_run as (
    select
        polled.kind,
        try.url,
        try.run_id,
        max(try.tried_at) as tried_at,
        arg_max(try.reason, try.tried_at) as reason
    from polled
    inner join tries as try on polled.url = try.url
    group by all
),

last_tries as (
    select distinct on (url)
        *,
        bool_or(run_id = $run_id) over (partition by kind) as is_of_run
    from tries_by_run
    order by url asc, run_id = $run_id desc, tried_at desc
),

listings as (
    select
        try.kind,
        if(validator.url is null, coalesce(try.reason, 'empty'), null) as reason
    from last_tries as try
    left join runs as run on try.run_id = run.run_id
    left join listing_validators as validator
        on
            try.url = validator.url
            and validator.checked_at >= coalesce(run.started_at, try.tried_at)
    where try.is_of_run
),

last_reading as (
    select coalesce(max(loaded_at), '-infinity'::timestamptz) as loaded_at
    from loads
    where loaded_at < $started_at and extracted + not_modified > 0
),

-- so that the others need not be looked through
newly_refused as (
    select distinct article_id
    from rejects
    where
        article_id is not null
        and stage <> 'discover'
        and (
            run_id = $run_id
            or (
                not $is_named
                and rejected_at > (select reading.loaded_at from last_reading as reading)
            )
        )
),

story_rejects as (
    select
        article_id,
        reason,
        rejected_at,
        run_id = $run_id as is_of_run,
        not $is_named
        and rejected_at <= (select reading.loaded_at from last_reading as reading) as is_old
    from rejects
    where
        article_id in (select refused.article_id from newly_refused as refused)
        and stage <> 'discover'
        and (run_id = $run_id or not $is_named)
),

stories_read as (
    select distinct article_id
    from captures
    where
        run_id = $run_id
        and article_id is not null
        and status in (200, 304)
        and article_id not in (
            select reject.article_id
            from story_rejects as reject
            where reject.is_of_run
        )
),

refused_stories as (
    select
        article_id,
        arg_max(reason, rejected_at) as reason,
        bool_or(is_of_run) as is_of_run
    from story_rejects
    where
        article_id not in (select story.article_id from stories_read as story)
        and not list_contains($ignored::varchar[], reason)
        and (
            not list_contains($missing::varchar[], reason)
            or (
                not $is_named
                and article_id in (select entry.article_id from listing_entries as entry)
            )
        )
    group by article_id
    having not bool_or(is_old)
),

results as (
    select
        kind,
        reason
    from listings
    union all
    select
        'stories' as kind,
        reason
    from refused_stories
    where (select bool_or(refused.is_of_run) from refused_stories as refused)
    union all
    select
        'stories' as kind,
        null as reason
    from stories_read
)

select
    kind,
    reason,
    count(*) as result_count
from results
group by kind, reason
order by kind asc, result_count desc, reason asc;
