"""What was compacted onto another disk is what every command reads."""

import pytest

from tests.flows.conftest import message_of, summary_of

pytestmark = pytest.mark.prefect


def test_a_rebuild_from_another_disk_is_the_same_warehouse(wirehouse, known, site, tmp_path):
    options = known | {"cold_dir": tmp_path / "disk"}
    before = wirehouse("digest", **options).stdout
    done = summary_of(wirehouse("compact", "--json", **options, compact_after_days=0))
    assert (done["files"], done["damaged_files"]) == (1, 0)
    assert wirehouse("digest", **options).stdout == before
    assert wirehouse("rebuild", **options).returncode == 0
    assert wirehouse("digest", **options).stdout == before
    shown = wirehouse("show", site.story_paths[0].split("/")[1], "--json", **options)
    assert "raw/cold/" in shown.stdout
    assert (
        "responses are as the warehouse says" in wirehouse("doctor", "--offline", **options).stdout
    )

    (tmp_path / "disk").rename(tmp_path / "unmounted")
    assert "Mount that disk" in message_of(wirehouse("rebuild", **options))
    assert "Mount that disk" in wirehouse("doctor", "--offline", **options).stdout
    assert wirehouse("ingest", **options).returncode == 0
