-- What is known of stories outside the warehouse, before the files that say so are read.
-- Grain: as the files beside this one. Reads: nothing.

create or replace temp table sighted (
    article_id bigint,
    url varchar,
    seen_at timestamptz
);

create or replace temp table pending (
    article_id bigint
);
