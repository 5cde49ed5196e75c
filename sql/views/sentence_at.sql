-- The sentence at a place of a text.
-- Grain: one value. Reads: nothing.
-- A sentence ends with its paragraph, or with a mark that follows a small letter, an Arabic one, a
-- digit or a bracket and has a blank after it, so that initials don't end it; a title such as Dr.
-- does.

-- noqa: disable=PRS, LT02, RF02

create or replace macro sentence_at(whole, start_char) as (
    trim(
        regexp_replace(
            left(whole, start_char), '(?s)^.*(?:\n|[\p{Ll}\p{Lo}\d)%][.!?؟]+["”’»)]*\s)', ''
        )
        || regexp_extract(
            substring(whole, start_char + 1),
            '^[^\n]*?(?:[\p{Ll}\p{Lo}\d)%][.!?؟]+["”’»)]*(?:\s|$)|\n|$)'
        ),
        chr(10) || ' '
    )
);

comment on macro sentence_at is
'The sentence of a text that has the given code point, such as start_char of a mention.';
