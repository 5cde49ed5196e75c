-- Which articles have mentions and figures that another version of the recogniser found?
-- Grain: one article. Reads: articles, annotation_stamps; $languages, those that the recogniser
-- reads; $recogniser, $arabic and $figures_version, what it would stamp its work with.

with
current_stamps as (
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

select current_stamps.article_id
from current_stamps
left join annotation_stamps as known on current_stamps.article_id = known.article_id
where
    known.article_id is null
    or known.recogniser <> current_stamps.recogniser
    or known.figures_version <> current_stamps.figures_version
order by current_stamps.article_id;
