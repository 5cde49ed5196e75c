"""The real tables, read once."""

import pytest

from tasks.adapters.recognition.tables import load_knowledge
from tasks.wire.entities.knowledge import Knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()
