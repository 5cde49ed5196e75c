-- Which pairs of stories are worth comparing?
-- Grain: one pair. Reads: cluster_pairs.

select
    first_id,
    second_id
from cluster_pairs
order by first_id, second_id;
