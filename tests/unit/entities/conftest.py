"""The real tables, read once."""

import pytest

from tasks.entities.gazetteers import Gazetteers, load_gazetteers


@pytest.fixture(scope="session")
def gazetteers() -> Gazetteers:
    return load_gazetteers()
