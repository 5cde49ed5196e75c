-- In which sentences is Kuwait named?
-- Grain: one sentence of a story. Reads: kwic.

select distinct
    article_id,
    sentence
from kwic('Kuwait')
where part = 'body'
order by article_id desc, sentence asc
limit 20;
