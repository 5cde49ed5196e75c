-- When was each listing polled last, when is it due, and how many of these stories did it show?
-- Grain: one listing, the feeds first as the settings name them; with $only_due those due now.
-- Reads: planned_polls, listing_entries; $article_ids.

with
shown as (
    select
        listing_url,
        count(distinct article_id) as story_count
    from listing_entries
    where article_id in (select unnest($article_ids::bigint[]))
    group by listing_url
)

select
    planned.listing_url,
    planned.polled_at,
    planned.due_at,
    coalesce(shown.story_count, 0) as story_count
from planned_polls as planned
left join shown on planned.listing_url = shown.listing_url
where planned.is_due >= $only_due  -- noqa: RF02
order by planned.place;
