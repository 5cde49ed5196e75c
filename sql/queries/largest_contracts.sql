-- Which are the largest contracts, in US dollars?
-- Grain: one sum of money. Reads: article_figures, articles, sentences.

select
    figure.amount_usd,
    article.title,
    sentences.sentence
from article_figures as figure
inner join articles as article on figure.article_id = article.article_id
inner join sentences
    on
        figure.article_id = sentences.article_id
        and figure.sentence_number = sentences.sentence_number
where figure.part = 'body' and regexp_matches(sentences.sentence, '(?i)contract|عقد')
order by figure.amount_usd desc nulls last, article.article_id desc, figure.start_char asc
limit 20;
