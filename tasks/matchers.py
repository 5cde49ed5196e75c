"""What decides between two steps of a load; handed to the warehouse, which imports none of it."""

from tasks.duplicates.cluster import cluster_batch
from tasks.entities.quantities import find_dates_of
from tasks.entities.resolution import resolve_entities
from tasks.warehouse.load import Matchers

MATCHERS = Matchers(
    cluster_batch=cluster_batch, resolve_entities=resolve_entities, find_dates=find_dates_of
)
