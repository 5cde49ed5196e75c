-- Indexes anew the stories whose text the batch wrote.
-- Grain: one term and story. Reads: readings, indexed_terms, search_terms.

delete from search_terms
where
    article_id in (
        select reading.article_id
        from readings as reading
        where reading.action = 'update'
    );

insert into search_terms
from indexed_terms;
