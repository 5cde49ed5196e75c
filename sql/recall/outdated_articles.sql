-- Which articles have mentions and figures that today's recogniser did not find?
-- Grain: one article. Reads: articles, annotation_stamps.
-- Parameters: $languages, those that the recogniser reads; $recogniser, $arabic and
-- $figures_version, what it would sign its work with.

with
today as (
    select
        article_id,
        case
            when list_contains($languages::varchar[], language) then $recogniser
            when language = 'ar' then $arabic
            else 'none'
        end as recogniser,
        case when language in ('en', 'ar') then $figures_version else 0 end as figures_version
    from articles
)

select today.article_id
from today
left join annotation_stamps as known on today.article_id = known.article_id
where
    known.article_id is null
    or known.recogniser <> today.recogniser
    or known.figures_version <> today.figures_version
order by today.article_id;
