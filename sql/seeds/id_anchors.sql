-- Fills `id_anchors` from the seed file of that name; noon stands for a day.
-- Grain: one story. Reads: $path, sql/seeds/id_anchors.csv.

delete from id_anchors;

insert into id_anchors by name
select
    article_id,
    (published_on + interval 12 hours)::timestamptz as published_at,
    is_approximate
from read_csv(
    $path,
    header = true,
    columns = { 'article_id': 'bigint', 'published_on': 'date', 'is_approximate': 'boolean' }
);
