-- The articles that have all of a query, the best first.
-- Grain: one article. Reads: search_words, search_terms, articles.

-- noqa: disable=PRS, LT02, RF02

create or replace macro search(query, row_limit := null) as table
with
words as materialized (
    select
        *,
        max(word_number) over (partition by clause) as clause_words,
        count(*) over () as query_words
    from search_words(query)
    -- more would be a text and no question, and a repeated common word costs seconds
    qualify query_words <= 32
),

vocabulary as (
    select distinct term
    from ops.search_terms
),

terms as materialized (
    select
        word.*,
        word.term as indexed_term
    from words as word
    where not word.is_prefix
    union all
    select
        word.*,
        vocabulary.term as indexed_term
    from words as word
    inner join vocabulary on starts_with(vocabulary.term, word.term)
    where word.is_prefix
),

postings as materialized (
    select
        word.clause,
        word.is_excluded,
        word.clause_words,
        word.word_number,
        indexed.article_id,
        if(
            word.is_title,
            list_filter(indexed.positions, lambda position: position < 0),
            indexed.positions
        ) as positions
    from terms as word
    inner join ops.search_terms as indexed on word.indexed_term = indexed.term
    where not word.is_title or indexed.positions[1] < 0
),

starts as (
    select
        clause,
        is_excluded,
        article_id,
        clause_words,
        unnest(positions) - word_number as start
    from postings
    where clause_words > 1
),

matches as (
    select
        clause,
        is_excluded,
        article_id
    from postings
    where clause_words = 1
    union
    select
        clause,
        is_excluded,
        article_id
    from starts
    group by clause, is_excluded, article_id, clause_words, start
    having count(*) = clause_words
),

found as (
    select article_id
    from matches
    group by article_id
    having
        not bool_or(is_excluded)
        and count(*) = (
            select count(distinct clause)
            from words
            where not is_excluded
        )
),

-- a term in the title counts three times
frequencies as (
    select
        article_id,
        sum(len(positions) + 2 * len(list_filter(positions, lambda position: position < 0)))
            as frequency,
        count(*) over (partition by clause, word_number) as article_count
    from postings
    where not is_excluded
    group by clause, word_number, article_id
),

corpus as (
    select
        count(*) as article_count,
        avg(word_count) as word_count
    from ops.articles
),

-- BM25 with the usual k1 = 1.2 and b = 0.75
scored as (
    select
        article.article_id,
        ln(1 + (corpus.article_count - counted.article_count + 0.5) / (counted.article_count + 0.5))
        * 2.2 * counted.frequency
        / (counted.frequency + 0.3 + 0.9 * article.word_count / corpus.word_count) as score
    from frequencies as counted
    inner join ops.articles as article on counted.article_id = article.article_id
    cross join corpus
    where counted.article_id in (select article_id from found)
)

select
    article_id,
    round(sum(score), 4) as score
from scored
group by article_id
order by score desc, article_id desc
limit if(row_limit < 0, 0, row_limit);

comment on macro table search is
'The articles with every word of a query, and their score by BM25: words, "a phrase", desalin*,
-without, title:word. At most row_limit rows, all by default; join articles for the rest.';
