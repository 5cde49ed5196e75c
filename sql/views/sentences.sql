-- The sentences of every story.
-- Grain: one sentence; the title is number 0. Reads: articles, annotation_stamps.

create or replace view sentences as
with
bounds as (
    select
        article.article_id,
        article.body,
        generate_subscripts(stamp.sentence_starts, 1) as sentence_number,
        unnest(stamp.sentence_starts) as start_char,
        unnest(list_append(stamp.sentence_starts[2:], length(article.body))) as end_char
    from ops.articles as article
    inner join ops.annotation_stamps as stamp on article.article_id = stamp.article_id
)

select
    article_id,
    0 as sentence_number,
    title as sentence
from ops.articles
union all by name
select
    article_id,
    sentence_number,
    trim(substring(body, start_char + 1, end_char - start_char), chr(10) || ' ') as sentence
from bounds;

comment on view sentences is
'One row per sentence of an article''s current text, as mentions, figures and quotes number them.';
comment on column sentences.article_id is 'The story.';
comment on column sentences.sentence_number is 'Its number in the body, from 1; 0 for the title.';
comment on column sentences.sentence is 'The sentence.';
