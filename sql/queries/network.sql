-- Which edges has the network of those who are named together, for Gephi and the like?
-- Grain: one pair of persons. Reads: network_of.

select
    source,
    target,
    weight
from network_of('person', row_limit := 100);
