-- What do stories say of the fortnight after the newest one?
-- Grain: one date in one text. Reads: article_figures, articles.

select
    figure.day,
    figure.surface,
    article.title
from article_figures as figure
inner join articles as article on figure.article_id = article.article_id
where
    figure.precision = 'day'
    and figure.day - (select max(newest.published_date) from articles as newest) between 1 and 14
order by figure.day asc, article.article_id desc, figure.start_char asc;
