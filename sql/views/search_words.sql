-- The terms that a search query asks for.
-- Grain: one term of one clause. Reads: the query.
-- A query is clauses between blanks: a word, "a phrase", a beginning*, each with title: before it
-- where only titles count, and a hyphen where an article must not have it. A word that gives
-- several terms (al-Sabah) is a phrase. The rest is punctuation, so no query is an error.

-- noqa: disable=PRS, LT02, RF02

create or replace macro search_words(query) as table
with
clauses as (
    select
        unnest(
            list_distinct(
                regexp_extract_all(
                    translate(lower(query), '“”„«»', '"""""'),
                    '-?(?:title:)?(?:"[^"]*"?|[^\s"]+)'
                )
            )
        ) as clause
),

parts as (
    select
        clause,
        starts_with(clause, '-') as is_excluded,
        regexp_matches(clause, '^-?title:') as is_title,
        ends_with(clause, '*') as is_prefix,
        -- a letter after a beginning keeps its s, which need not be a plural's
        tokenise(
            regexp_replace(clause, '^-?(?:title:)?', '')[:if(is_prefix, -2, -1)]
            || if(is_prefix, 'x', '')
        ) as terms
    from clauses
),

numbered as (
    select
        * exclude (terms, is_prefix),
        unnest(terms) as term,
        generate_subscripts(terms, 1) as word_number,
        is_prefix and generate_subscripts(terms, 1) = len(terms) as is_prefix
    from parts
)

select
    clause,
    is_excluded,
    is_title,
    word_number,
    is_prefix,
    if(is_prefix, left(term, -1), term) as term
from numbered
where term <> 'x' or not is_prefix;

comment on macro table search_words is
'The terms that a search query asks for, one row each, and how.';
