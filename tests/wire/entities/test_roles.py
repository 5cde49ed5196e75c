"""Roles are read as printed beside a name."""

import pytest

from tasks.wire.entities.roles import role_of


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Prime Minister Imran Lodhizai said", "Imran Lodhizai", "Prime Minister"),
        (
            "Minister of Oil Dr. Bader Al-Rumaizan on Monday",
            "Bader Al-Rumaizan",
            "Minister of Oil Dr.",
        ),
        (
            "Khalid Al-Zarouni, chief executive of Halmar Energy, said",
            "Khalid Al-Zarouni",
            "chief executive of Halmar Energy",
        ),
        ("Claire Marchmoor, CEO and founder", "Claire Marchmoor", "CEO"),
        ("met Dina Sarrouf in Doha", "Dina Sarrouf", None),
        ("Dr. Dina Sarrouf left", "Dina Sarrouf", None),
        ("its spokesman Anis Belmiloud said", "Anis Belmiloud", "spokesman"),
    ],
)
def test_the_role_beside_a_name(text: str, name: str, role: str | None) -> None:
    start = text.index(name)

    assert role_of(text, start, start + len(name)) == role
