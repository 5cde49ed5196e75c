-- The topics of texts, from their terms.
-- Grain: one article and topic. Reads: the table or view of that name, with the columns of
-- ops.search_terms; ops.topic_terms.
-- A text has the topics whose terms weigh enough in it, and not far less than those of its best
-- topic. A term that recurs counts up to twice, and one in the title as if it stood there twice.
-- When this file or topic_terms.csv has changed, the topics of every article are found anew.

-- noqa: disable=PRS, LT02, RF02

create or replace macro topics_of_terms(relation) as table
with
words as materialized (
    select
        term,
        unnest(string_split(term, ' ')) as word,
        generate_subscripts(string_split(term, ' '), 1) as word_number,
        len(string_split(term, ' ')) as word_count
    from (select distinct term from ops.topic_terms) as known
),

indexed_words as materialized (
    select indexed.*
    from query_table(relation) as indexed
    semi join words as word on indexed.term = word.word
),

article_counts as (
    select
        term as word,
        count(*) as article_count
    from indexed_words
    group by term
),

-- a phrase is looked for only where the word of it is that the fewest texts have
ranked_words as (
    select
        words.*,
        row_number() over (
            partition by words.term
            order by coalesce(counted.article_count, 0), words.word, words.word_number
        ) as rank
    from words
    left join article_counts as counted on words.word = counted.word
    where words.word_count > 1
),

likely_words as materialized (
    select
        indexed.article_id,
        word.term,
        word.word_count,
        other.word,
        other.word_number
    from ranked_words as word
    inner join indexed_words as indexed on word.word = indexed.term
    inner join words as other on word.term = other.term
    where word.rank = 1
),

phrases as (
    select
        likely.article_id,
        likely.term,
        likely.word_count,
        unnest(
            flatten(
                list(
                    list_transform(
                        indexed.positions,
                        lambda position: position - likely.word_number
                    )
                )
            )
        ) as start
    from likely_words as likely
    inner join indexed_words as indexed
        on
            likely.word = indexed.term
            and likely.article_id = indexed.article_id
    group by likely.article_id, likely.term, likely.word_count
    having count(*) = likely.word_count
),

matches as (
    select
        indexed.article_id,
        word.term,
        len(indexed.positions)
        + len(list_filter(indexed.positions, lambda position: position < 0)) as frequency
    from words as word
    inner join indexed_words as indexed on word.word = indexed.term
    where word.word_count = 1
    union all
    select
        article_id,
        term,
        if(start < -1, 2, 1) as frequency
    from phrases
    group by article_id, term, word_count, start
    having count(*) = word_count
),

terms as (
    select
        article_id,
        term,
        [1.0, 1.5, 1.8, 2.0][least(sum(frequency), 4)::integer] as times
    from matches
    group by article_id, term
),

scores as (
    select
        terms.article_id,
        known.topic_code,
        sum(known.weight * terms.times)::decimal(9, 1) as score
    from terms
    inner join ops.topic_terms as known on terms.term = known.term
    group by terms.article_id, known.topic_code
)

select
    article_id,
    topic_code,
    score
from scores
where score >= 4
qualify
    score >= 0.6 * max(score) over (partition by article_id)
    and row_number() over (partition by article_id order by score desc, topic_code asc) <= 3
order by article_id, topic_code;

comment on macro table topics_of_terms is
'The rows of ops.article_topics for a table or view like ops.search_terms, given by its name.';

delete from topics;

insert into topics by name
select
    topic_code,
    name
from read_csv($topics, header = true, all_varchar = true);

delete from ops.topic_terms;

insert into ops.topic_terms by name
with
listed as (
    select
        topic,
        weight,
        unnest(string_split(terms, '|')) as term
    from read_csv(
        $topic_terms,
        header = true,
        columns = { 'topic': 'varchar', 'weight': 'integer', 'terms': 'varchar' }
    )
)

select
    topics.topic_code,
    array_to_string(tokenise(listed.term), ' ') as term,
    max(listed.weight) as weight
from listed
inner join topics on listed.topic = topics.name
group by all
order by all;

delete from ops.article_topics;

-- A statement for each two thousand articles, like those that index them.
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
        'create or replace temp table chunk_terms as from positions_of_terms(''chunk_texts''); '
        'insert into ops.article_topics from topics_of_terms(''chunk_terms'')',
        min(article_id), max(article_id)
    ) as statement
from numbered
group by chunk
order by chunk;
