-- A name in its context, wherever stories print it.
-- Grain: one name in one text. Reads: mentions, articles, sentence_of, entities_named.

-- noqa: disable=PRS, LT02, RF02

create or replace macro kwic(entity_name, width := 40) as table
with
found as (
    select
        mention.*,
        article.published_at,
        if(mention.part = 'title', article.title, article.body) as whole
    from main.mentions as mention
    inner join ops.articles as article on mention.article_id = article.article_id
    where mention.name_id in (
        select known.name_id
        from entity_names as known
        where known.entity_id in (select named.entity_id from entities_named(entity_name) as named)
    )
)

select
    found.article_id,
    found.published_at,
    found.part,
    found.start_char,
    translate(right(left(found.whole, found.start_char), width), chr(10), ' ') as text_before,
    found.surface,
    translate(substring(found.whole, found.end_char + 1, width), chr(10), ' ') as text_after,
    sentence_of(found.article_id, found.sentence_number) as sentence,
    found.name
from found
order by found.published_at desc, found.article_id desc, found.part desc, found.start_char asc;

comment on macro table kwic is
'A name wherever stories print it, newest first: width code points before and after, its sentence.';
