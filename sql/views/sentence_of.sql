-- The sentence of a number in a story.
-- Grain: one value. Reads: articles, annotation_stamps.
-- A join with the view sentences cuts every text of the warehouse before it looks for the wanted
-- sentences; this cuts only those.

-- noqa: disable=PRS, LT02, RF02

create or replace macro sentence_of(story_id, number) as (
    select
        if(
            number = 0,
            article.title,
            trim(
                substring(
                    article.body,
                    stamp.sentence_starts[number] + 1,
                    coalesce(stamp.sentence_starts[number + 1], length(article.body))
                    - stamp.sentence_starts[number]
                ),
                chr(10) || ' '
            )
        )
    from ops.articles as article
    left join ops.annotation_stamps as stamp on article.article_id = stamp.article_id
    where article.article_id = story_id
);

comment on macro sentence_of is
'The sentence of a story by its number in sentences, mentions, figures and quotes; 0 is the title.';
