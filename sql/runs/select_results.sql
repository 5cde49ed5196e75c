-- What became of the feeds, listings and stories that a run requested?
-- Grain: one kind (feeds, listings, stories) and reason, null for what could be read.
-- Reads: listing_validators, rejects, captures, loads, listing_entries; $feeds and $listings, what
-- it polls; $ignored, the reasons that say nothing about the site; $missing, those that say
-- nothing unless a listing showed the story.
-- Listings are read if they showed a story or have not changed. Stories that were refused before
-- earlier runs read others are no news. Those refused since count too, whichever run requested
-- them, so that passes of a few stories are judged together; not so ($is_named) where a person
-- named the stories.

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

refused_listings as (
    select
        url,
        arg_max(reason, rejected_at) as reason
    from rejects
    where run_id = $run_id and stage = 'discover'
    group by url
),

responses as (
    select distinct url
    from captures
    where run_id = $run_id and article_id is null
),

shown_or_unchanged as (
    select url
    from listing_validators
    where checked_at >= $started_at
),

listings as (
    select
        polled.kind,
        if(validator.url is null, coalesce(refused.reason, 'empty'), null) as reason
    from polled
    left join shown_or_unchanged as validator on polled.url = validator.url
    left join refused_listings as refused on polled.url = refused.url
    left join responses as response on polled.url = response.url
    where coalesce(validator.url, refused.url, response.url) is not null
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
