-- Merges clusters that turned out to be one story under the smallest id.
-- Grain: one story. Reads: articles; $dissolved and $remaining, two lists of cluster ids that
-- belong together place by place.

update articles
set cluster_id = move.remaining
from (
    select
        unnest($dissolved::bigint[]) as dissolved,
        unnest($remaining::bigint[]) as remaining
) as move
where articles.cluster_id = move.dissolved;
