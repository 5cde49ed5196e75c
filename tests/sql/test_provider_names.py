"""One name stands for each provider code, settled by the seed or learned from the stories."""

import pytest

from tests.sql.records import STORY, make_article

SETTLED, UNSETTLED = "000071", "000777"


def names(connection):
    rows = connection.table("provider_names").fetchall()
    assert len({code for code, *_ in rows}) == len(rows), "one row a code"
    return {code: values for code, *values in rows}


@pytest.mark.parametrize(
    ("code", "printed", "expected"),
    [
        (UNSETTLED, ["Zephyr Desk", "Lantern Wire", "Lantern Wire"], ["Lantern Wire", False, 3]),
        (SETTLED, ["A Misprint"], ["Kuwait News Agency (KUNA)", True, 1]),
        (SETTLED, [], ["Kuwait News Agency (KUNA)", True, 0]),
    ],
)
def test_the_seed_names_a_code_or_else_most_of_its_stories(
    connection, load, code, printed, expected
):
    articles = [
        make_article(
            article_id=STORY + number, capture_id=str(number), provider_code=code, provider=name
        )
        for number, name in enumerate(printed)
    ]
    load(articles=articles)
    assert names(connection)[code] == expected
