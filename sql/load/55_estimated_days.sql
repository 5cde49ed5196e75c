-- `estimated_texts`: the stories of the batch that a feed or their id dates, with their dates as
-- the warehouse has them now; what annotated them knew neither.
-- Grain: one story. Reads: articles, article_figures, dated, readings.

create or replace temp table estimated_texts as
select
    article.article_id,
    article.language,
    article.title,
    article.body,
    cast(article.published_at at time zone 'UTC' as date) as published_day
from articles as article
where
    article.published_at_basis in ('feed', 'article_id')
    and article.dateline_date is null
    and (
        article.article_id in (select date.article_id from dated as date)
        or article.article_id in (
            select reading.article_id from readings as reading
            where reading.action = 'retag'
        )
    )
    and article.article_id in (
        select figure.article_id from article_figures as figure
        where figure.kind = 'date'
    );
