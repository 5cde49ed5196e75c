-- An inverted index of every article's current text; sql/views/positions_of_terms.sql fills it.

create table ops.search_terms (
    term varchar not null,
    article_id bigint not null,
    positions integer[] not null
);

comment on table ops.search_terms is
'One row per term and article whose current text has it; the macro search reads it.';
comment on column ops.search_terms.term is 'The term, as tokenise() gives it.';
comment on column ops.search_terms.article_id is 'The article.';
comment on column ops.search_terms.positions is
'The places of the term, in order: from 1 in the body, and up to -1, the last, in the title.';
