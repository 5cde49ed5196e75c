"""The real tables, read once."""

import pytest

from tasks.entities.gazetteers import Knowledge, load_knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()
