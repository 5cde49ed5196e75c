-- In which sentences is Kuwait named?
-- Grain: one sentence of a story. Reads: mentions, sentence_of.

select distinct
    article_id,
    sentence_number,
    sentence_of(article_id, sentence_number) as sentence
from mentions
where name = 'Kuwait' and part = 'body'
order by article_id desc, sentence_number asc
limit 20;
