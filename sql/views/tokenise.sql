-- The terms of a text or of a query.
-- Grain: one list. Reads: nothing.
-- In order: accents, tashkeel and hamza go, with the case; letters that are written for one another
-- become one; an apostrophe and the s after it go (Kuwait's, Kuwaits'), and the full stops of an
-- abbreviation (U.A.E.). Of each run of letters and digits that is left, the Arabic article goes,
-- with a conjunction or preposition in front, where three letters remain, and the English plural.

-- noqa: disable=PRS, LT02, RF02

create or replace macro tokenise(text) as
list_transform(
    regexp_extract_all(
        regexp_replace(
            regexp_replace(
                translate(
                    lower(strip_accents(text)),
                    'ةىیکٱıøłđ’‘ʼ′`´＇٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ـ' || chr(173) || chr(8203) || chr(8204)
                    || chr(8205) || chr(8206) || chr(8207),
                    'هييكاiold''''''''''''''01234567890123456789'
                ),
                '''s?\b', '', 'g'
            ),
            '\b([a-z])\.([a-z])\b(?:\.([a-z])\b)?', '\1\2\3', 'g'
        ),
        '[\p{L}\p{N}]+'
    ),
    lambda word: case
        when word[1] >= 'ء'
            then regexp_replace(word, '^(?:[وبفك]?ال|[وف]?لل)+(\p{L}{3,})$', '\1')
        when ends_with(word, 's') and length(word) > 3 and word <> 'news'
            then regexp_replace(
                regexp_replace(regexp_replace(word, 'ies$', 'y'), '(ss|sh|ch|x)es$', '\1'),
                '([^isu])s$', '\1'
            )
        else word
    end
);

comment on macro tokenise is
'The terms of a text, in English or Arabic, as search compares them: of "Kuwait''s ports" kuwait and
port.';
