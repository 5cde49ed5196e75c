-- Which are the largest contracts, in US dollars?
-- Grain: one sum of money. Reads: article_figures, articles, sentence_of.

select
    figure.amount_usd,
    article.title,
    sentence_of(figure.article_id, figure.sentence_number) as sentence
from article_figures as figure
inner join articles as article on figure.article_id = article.article_id
where figure.part = 'body' and regexp_matches(sentence, '(?i)contract|عقد')
order by figure.amount_usd desc nulls last, article.article_id desc, figure.start_char asc
limit 20;
