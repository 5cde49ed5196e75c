-- The search index has every term of an article's current text, and no other article.
-- Severity: fail. Grain: one article. Reads: search_terms, fresh_texts, fresh.

with
indexed as (
    select
        article_id,
        count(*) as term_count
    from search_terms
    where
        $everything
        or article_id in (select story.article_id from fresh as story)
    group by article_id
),

expected as (
    select
        article_id,
        len(list_distinct(list_concat(tokenise(title), tokenise(body)))) as term_count
    from fresh_texts
)

select
    coalesce(expected.article_id, indexed.article_id) as article_id,
    expected.term_count as expected_count,
    indexed.term_count as indexed_count
from expected
full outer join indexed on expected.article_id = indexed.article_id
where expected.term_count is distinct from indexed.term_count;
