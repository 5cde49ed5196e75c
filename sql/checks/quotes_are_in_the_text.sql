-- Every quotation's words are in its article's body at their place, and so is its speaker.
-- Severity: fail. Grain: one quotation. Reads: quotes, fresh_texts.

select
    quote.article_id,
    quote.quote_number,
    quote.surface,
    quote.speaker
from quotes as quote
inner join fresh_texts as story on quote.article_id = story.article_id
where
    not contains(story.body, quote.speaker)
    or quote.surface <> substring(
        story.body, quote.start_char + 1, quote.end_char - quote.start_char
    );
