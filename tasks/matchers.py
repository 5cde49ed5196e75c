"""What decides between two steps of a load; handed to the warehouse, which imports none of it."""

from tasks.duplicates.cluster import cluster_batch
from tasks.duplicates.events import group_events
from tasks.entities.figures.article_figures import find_dates_of
from tasks.entities.resolution import resolve_entities
from tasks.warehouse.load import Matchers

MATCHERS = Matchers(
    cluster_batch=cluster_batch,
    group_events=group_events,
    resolve_entities=resolve_entities,
    find_dates=find_dates_of,
)
