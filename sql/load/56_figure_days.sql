-- Gives the dates in `estimated_texts` the days that they mean if the story is of its own date.
-- Grain: one figure in one text. Reads: estimated_texts, article_figures; $figure_days, what was
-- resolved from those texts.

create or replace temp table resolved_days as
select unnest(
    from_json(
        $figure_days,
        '[{
            "article_id": "bigint",
            "part": "varchar",
            "start_char": "integer",
            "end_char": "integer",
            "day": "date"
        }]'
    ),
    recursive := true
);

update article_figures
set day = resolved.day
from resolved_days as resolved
where
    article_figures.article_id = resolved.article_id
    and article_figures.part = resolved.part
    and article_figures.start_char = resolved.start_char
    and article_figures.end_char = resolved.end_char
    and article_figures.kind = 'date';
