-- Every figure's surface is in its article's text at its position, by code points.
-- Severity: fail. Grain: one figure in one text. Reads: article_figures, fresh_texts, fresh.

with
looked_at as materialized (
    select
        article_id,
        part,
        start_char,
        end_char,
        surface
    from article_figures
    where
        $everything
        or article_id in (select story.article_id from fresh as story)
)

select
    figure.article_id,
    figure.part,
    figure.start_char,
    figure.end_char,
    figure.surface
from looked_at as figure
left join fresh_texts as story on figure.article_id = story.article_id
where
    story.article_id is null
    or figure.part not in ('title', 'body')
    or figure.start_char < 0
    or figure.end_char <= figure.start_char
    or figure.surface <> substring(
        case when figure.part = 'title' then story.title else story.body end,
        figure.start_char + 1,
        figure.end_char - figure.start_char
    );
