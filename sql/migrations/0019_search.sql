-- An inverted index of every article's current text, and how a text becomes the terms in it.
-- The macro stays as it is: a migration that replaces it fills the table again.

-- In order: accents, tashkeel and hamza go, with the case; letters that are written for one another
-- become one; an apostrophe and the s after it go (Kuwait's, Kuwaits'), and the full stops of an
-- abbreviation (U.A.E.). Of each run of letters and digits that is left, the Arabic article goes,
-- with a conjunction or preposition in front, where three letters remain, and the English plural.
create macro tokenise(text) as
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
            then regexp_replace(word, '^(?:[وبفك]?ال|لل)+(\p{L}{3,})$', '\1')
        when ends_with(word, 's') and length(word) > 3 and word <> 'news'
            then regexp_replace(
                regexp_replace(regexp_replace(word, 'ies$', 'y'), '(ss|sh|ch|x)es$', '\1'),
                '([^isu])s$', '\1'
            )
        else word
    end
);

comment on macro tokenise is
'The terms of a text, in English or Arabic, as search compares them: tokenise(''Kuwait''s ports'')
is [kuwait, port].';

-- `relation` is the name of one with article_id, title and body.
create macro positions_of_terms(relation) as table
with
texts as (
    select
        article_id,
        tokenise(title) as title_terms,
        tokenise(body) as body_terms
    from query_table(relation)
),

terms as (
    select
        article_id,
        unnest(title_terms) as term,
        generate_subscripts(title_terms, 1) - len(title_terms) - 1 as position
    from texts
    union all
    select
        article_id,
        unnest(body_terms) as term,
        generate_subscripts(body_terms, 1) as position
    from texts
)

select
    term,
    article_id,
    list_sort(list(position::integer)) as positions
from terms
group by term, article_id
order by term, article_id;

create table search_terms (
    term varchar not null,
    article_id bigint not null,
    positions integer[] not null
);

comment on table search_terms is
'One row per term and article whose current text has it; search(query) reads it.';
comment on column search_terms.term is 'The term, as tokenise() gives it.';
comment on column search_terms.article_id is 'The article.';
comment on column search_terms.positions is
'The places of the term, in order: from 1 in the body, and up to -1, the last, in the title.';

insert into search_terms
from positions_of_terms('articles');
