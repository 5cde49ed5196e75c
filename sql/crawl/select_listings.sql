-- When was each of these listings requested last, and how many of these stories did it show?
-- Grain: one listing, in the order given. Reads: captures, listing_entries; $urls and $article_ids.

with
listings as (
    select
        unnest($urls::varchar[]) as url,
        unnest(range(len($urls::varchar[]))) as place
),

last_captures as (
    select
        url,
        max(fetched_at) as last_requested_at
    from captures
    where list_contains($urls::varchar[], url)
    group by url
),

shown as (
    select
        listing_url as url,
        count(distinct article_id) as story_count
    from listing_entries
    where article_id in (select unnest($article_ids::bigint[]))
    group by listing_url
)

select
    listings.url,
    last_captures.last_requested_at,
    coalesce(shown.story_count, 0) as story_count
from listings
left join last_captures on listings.url = last_captures.url
left join shown on listings.url = shown.url
order by listings.place;
