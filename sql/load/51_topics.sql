-- Finds the topics of the stories whose text the batch wrote, by their terms.
-- Grain: one topic and story. Reads: readings, article_topics.

create or replace temp table indexed_texts as
select
    article_id,
    title,
    body
from readings
where action in ('insert', 'update');

create or replace temp table indexed_terms as
from positions_of_terms('indexed_texts');

delete from article_topics
where
    article_id in (
        select reading.article_id
        from readings as reading
        where reading.action = 'update'
    );

insert into article_topics
from topics_of_terms('indexed_terms');
