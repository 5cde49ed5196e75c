"""Settles which entities count as one, by the files of `sql/load`."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from tasks.adapters.warehouse.connection import Connection
from tasks.adapters.warehouse.statements import run_file
from tasks.wire.entities.joining import KnownEntity, joined
from tasks.wire.entities.matching import Profile
from tasks.wire.entities.rulings import Decision, Ruling

RunMerge = Callable[..., Connection]


def settle_rulings(connection: Connection, entity_ids: Sequence[str] | None = None) -> None:
    """Settles anew which entities count as one, of those that a reader has ruled on.

    Args:
        connection: the writer's file, in a transaction.
        entity_ids: the entities; `None` for all that were ever ruled on.
    """
    run_file(connection, "entities/touch_rulings.sql", entity_ids=entity_ids)
    settle_entities(
        lambda name, **parameters: run_file(connection, f"load/{name}.sql", **parameters)
    )


def settle_entities(run_merge: RunMerge) -> None:
    """Settles anew which entities count as one, of those in `touched_blocks` and their like.

    Args:
        run_merge: runs one file of `sql/load` by its name, with its parameters, within a
            transaction that has made `touched_blocks`.
    """
    run_merge("examine_entities")
    known = [
        KnownEntity(
            entity_id=entity_id,
            block_key=block_key,
            profile=Profile(parts=tuple(parts), companions=frozenset(companions)),
            first_article_id=first_article_id,
        )
        for entity_id, block_key, parts, companions, first_article_id in run_merge(
            "select_examined_entities"
        ).fetchall()
    ]
    if not known:
        return
    decisions = [
        Decision(entity_id=entity_id, other_id=other_id, ruling=Ruling(ruling))
        for entity_id, other_id, ruling in run_merge("select_entity_decisions").fetchall()
    ]
    settled = joined(known, decisions)
    run_merge(
        "settle_entities",
        settled=json.dumps(
            [
                {"entity_id": entity_id, "canonical_id": canonical_id}
                for entity_id, canonical_id in settled.canonical.items()
            ]
        ),
        candidates=json.dumps([asdict(one) for one in settled.candidates]),
    )
