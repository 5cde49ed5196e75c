-- Indexes anew the stories whose text the batch wrote, and finds their topics.
-- Grain: one term and story; one topic and story. Reads: readings, search_terms, article_topics.

create or replace temp table indexed_texts as
select
    article_id,
    title,
    body
from readings
where action in ('insert', 'update');

create or replace temp table indexed_terms as
from positions_of_terms('indexed_texts');

delete from search_terms
where
    article_id in (
        select reading.article_id
        from readings as reading
        where reading.action = 'update'
    );

insert into search_terms
from indexed_terms;

delete from article_topics
where
    article_id in (
        select reading.article_id
        from readings as reading
        where reading.action = 'update'
    );

insert into article_topics
from topics_of_terms('indexed_terms');
