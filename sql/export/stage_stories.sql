-- The rows of a table or view of stories, with the month (UTC) of the story's publication,
-- or none where it has no text.
-- Grain: a row of $relation. Reads: $relation, articles; $since, a day or null.

-- noqa: disable=RF02

create or replace temp table exported as
with
stories as (
    select
        article_id,
        strftime(published_at, '%Y-%m') as month
    from articles
    where $since::date is null or published_at >= $since::date
),

relation_rows as (
    select *
    from query_table($relation)
)

select
    relation_row.*,
    coalesce(story.month, 'none') as month
from relation_rows as relation_row
left join stories as story on relation_row.article_id = story.article_id
where $since::date is null or story.month is not null;
