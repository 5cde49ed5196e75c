-- Indexes anew the stories whose text the batch wrote.
-- Grain: one term and story. Reads: readings, search_terms.

create or replace temp table indexed_texts as
select
    article_id,
    title,
    body
from readings
where action in ('insert', 'update');

delete from search_terms
where
    article_id in (
        select reading.article_id
        from readings as reading
        where reading.action = 'update'
    );

insert into search_terms
from positions_of_terms('indexed_texts');
