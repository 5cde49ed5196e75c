"""Whose turn it is to request from the site."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace

import pytest

from tasks.warehouse.locks import exclusive_lock
from tasks.warehouse.turns import fetch_turn, is_turn_wanted
from tests.sql.records import make_run


@pytest.fixture
def ingest(tmp_path):
    return make_run(tmp_path)


@pytest.fixture
def backfill(ingest):
    return replace(ingest, flow="backfill")


async def take(run, log, name):
    async with fetch_turn(run) as other:
        log.append(f"{name} skipped" if other else name)


async def is_waiting(run, log):
    """Whether a run still waits for its turn after a while."""
    with suppress(TimeoutError):
        async with asyncio.timeout(0.4):
            await take(run, log, "late")
    return "late" not in log


def test_an_ingest_waits_for_a_backfill_and_a_second_one_is_skipped(ingest, backfill):
    log: list[str] = []

    async def scenario():
        async with fetch_turn(backfill):
            assert not is_turn_wanted(backfill.paths)
            first = asyncio.create_task(take(ingest, log, "first"))
            await asyncio.sleep(0.3)
            assert is_turn_wanted(backfill.paths)
            await take(ingest, log, "second")
            assert log == ["second skipped"]
        await first
        assert log == ["second skipped", "first"]
        assert not is_turn_wanted(backfill.paths)

    asyncio.run(scenario())


@pytest.mark.parametrize("holder", ["ingest", "backfill"])
def test_a_backfill_waits_for_any_run(ingest, backfill, holder):
    async def scenario():
        async with fetch_turn(ingest if holder == "ingest" else backfill):
            assert await is_waiting(backfill, [])

    asyncio.run(scenario())


def test_one_ingest_waits_for_another_and_the_next_is_skipped(ingest, caplog):
    patient = replace(ingest, settings=replace(ingest.settings, overlap="wait"))
    log: list[str] = []

    async def scenario():
        async with fetch_turn(ingest):
            first = asyncio.create_task(take(patient, log, "first"))
            await asyncio.sleep(0.3)
            await take(patient, log, "second")
            assert log == ["second skipped"]
        await first
        assert log == ["second skipped", "first"]

    asyncio.run(scenario())
    assert "waits for the running ingest already" in caplog.text


def test_an_ingest_waits_for_another_where_the_settings_say_so(ingest):
    async def scenario():
        async with fetch_turn(ingest):
            patient = replace(ingest, settings=replace(ingest.settings, overlap="wait"))
            assert await is_waiting(patient, [])

    asyncio.run(scenario())


def test_a_long_wait_names_who_is_waited_for(ingest, backfill, caplog, monkeypatch):
    monkeypatch.setattr("tasks.warehouse.turns._PATIENCE_SECONDS", 0.1)
    with (
        caplog.at_level(logging.WARNING),
        caplog.at_level(logging.WARNING, "tasks"),
        exclusive_lock(ingest.paths.fetch_lock, wait_seconds=0, flow="backfill"),
    ):
        assert asyncio.run(is_waiting(ingest, []))
    assert caplog.text.count("Waiting for the turn") == 1
    assert "(backfill) since 20" in caplog.text
