"""Joins the stories of a batch with those they are copies of, by the files of `sql/load`."""

from collections.abc import Callable

from tasks.adapters.warehouse.connection import Connection
from tasks.wire.clusters import cluster_batch
from tasks.wire.similarity import ComparedText

RunMerge = Callable[..., Connection]


def settle_clusters(run_merge: RunMerge) -> None:
    """Settles the clusters of the stories that the batch wrote or dated anew.

    Args:
        run_merge: runs one file of `sql/load` by its name, with its parameters, within the
            transaction of a load that has written the batch's articles.
    """
    run_merge("examine_clusters")
    join_examined(run_merge)


def join_examined(run_merge: RunMerge) -> None:
    """Joins the stories of the table `examined`, each on its own, with those they are copies of.

    Args:
        run_merge: as for `settle_clusters`; what examines the stories comes before.
    """
    ((first_date, last_date),) = run_merge("select_cluster_window").fetchall()
    if first_date is None:
        return
    run_merge("propose_cluster_pairs", first_date=first_date, last_date=last_date)
    pairs = run_merge("select_cluster_pairs").fetchall()
    stories = run_merge("select_cluster_texts").fetchall()
    merged = cluster_batch(
        texts={
            article_id: ComparedText(title=title, body=body, language=language, published_at=at)
            for article_id, _, title, body, language, at in stories
        },
        clusters={article_id: cluster_id for article_id, cluster_id, *_ in stories},
        candidates=pairs,
    )
    if merged:
        run_merge("merge_clusters", dissolved=list(merged), remaining=list(merged.values()))
