import pytest

from tests.site.server import FakeSite


@pytest.fixture
def site():
    with FakeSite() as running:
        yield running
