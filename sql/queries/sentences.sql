-- In which sentences is Kuwait named?
-- Grain: one sentence of a story. Reads: mentions, sentences.

select distinct sentences.*
from mentions as mention
inner join sentences
    on
        mention.article_id = sentences.article_id
        and mention.sentence_number = sentences.sentence_number
where mention.name = 'Kuwait' and mention.part = 'body'
order by sentences.article_id desc, sentences.sentence_number asc
limit 20;
