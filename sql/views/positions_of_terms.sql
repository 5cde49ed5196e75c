-- The terms of texts, with their places: from 1 in the body, and up to -1, the last, in the title.
-- Grain: one term and article. Reads: the table or view of that name, with article_id, title, body.
-- When this file or tokenise.sql has changed, every article is indexed anew.

-- noqa: disable=PRS, LT02, RF02

create or replace macro positions_of_terms(relation) as table
with
texts as (
    select
        article_id,
        tokenise(title) as title_terms,
        tokenise(body) as body_terms
    from query_table(relation)
),

-- the place before 1 is -1, since the title's last word ends it
terms as (
    select
        article_id,
        unnest(title_terms || body_terms) as term,
        generate_subscripts(title_terms || body_terms, 1) - len(title_terms) as place
    from texts
)

select
    term,
    article_id,
    list_sort(list(if(place < 1, place - 1, place)::integer)) as positions
from terms
group by term, article_id
order by term, article_id;

comment on macro table positions_of_terms is
'The rows of ops.search_terms for the texts of a table or view, which is given by its name.';

delete from ops.search_terms;

-- A statement for each two thousand articles: all at once would take more memory than there is.
with
numbered as (
    select
        article_id,
        row_number() over (order by article_id) // 2000 as chunk
    from ops.articles
)

select
    format(
        'create or replace temp view chunk_texts as select article_id, title, body '
        'from ops.articles where article_id between {} and {}; '
        'insert into ops.search_terms from positions_of_terms(''chunk_texts'')',
        min(article_id), max(article_id)
    ) as statement
from numbered
group by chunk
order by chunk;
