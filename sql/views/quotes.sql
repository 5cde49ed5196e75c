-- Who said what, word for word.
-- Grain: one quotation. Reads: quotes, articles, entities.

create or replace view quotes as
select
    quote.article_id,
    quote.quote_number,
    named.canonical_id as entity_id,
    quote.speaker,
    quote.surface,
    quote.start_char,
    quote.end_char,
    quote.sentence_number,
    article.language
from ops.quotes as quote
inner join ops.articles as article on quote.article_id = article.article_id
left join ops.entities as named on quote.entity_id = named.entity_id;

comment on view quotes is
'One row per quotation in the current text of an article whose speaker the text names for certain.';
comment on column quotes.article_id is 'The story.';
comment on column quotes.quote_number is 'Its number in the story, from 1.';
comment on column quotes.entity_id is
'The person or organisation that speaks, in entities; null where the name was not recognised, as in
Arabic.';
comment on column quotes.speaker is
'Who speaks, as printed: a name, in Arabic with the office before it.';
comment on column quotes.surface is
'The words as printed, without the marks and a comma before the closing one.';
comment on column quotes.start_char is 'First code point of the words in the body, from 0.';
comment on column quotes.end_char is 'One past their last code point.';
comment on column quotes.sentence_number is 'The sentence in which they start; see sentences.';
comment on column quotes.language is 'ISO 639-1 code of the text.';
