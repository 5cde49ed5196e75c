"""The schedule: it starts, it stops when it is asked to, and it goes on after every kind of stop."""

import pytest

from tests.operations.conftest import Serve

pytestmark = pytest.mark.operations


def test_the_schedule_runs_and_ends_with_every_process(serve: Serve) -> None:
    served = serve()
    served.wait_until("COMPLETED")

    assert served.stop() < 15
    assert "Traceback" not in served.output
