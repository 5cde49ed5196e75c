"""One name stands for each provider code, settled by the seed or learned from the stories."""

from tests.sql.records import RUN_ID, STORY, load_batch, make_article, stage

SETTLED, UNSETTLED = "000071", "000777"


def load(connection, tmp_path, *named):
    articles = [
        make_article(
            article_id=STORY + place,
            capture_id=f"capture-{place}",
            provider_code=code,
            provider=name,
        )
        for place, (code, name) in enumerate(named)
    ]
    load_batch(connection, stage(tmp_path / f"{RUN_ID}-0001", articles=articles), run_id=RUN_ID)


def names(connection):
    rows = connection.table("provider_names").fetchall()
    return {code: told for code, *told in rows}


def test_a_code_without_a_settled_name_has_the_one_that_most_stories_carry(connection, tmp_path):
    load(
        connection,
        tmp_path,
        (UNSETTLED, "Zephyr Desk"),
        (UNSETTLED, "Lantern Wire"),
        (UNSETTLED, "Lantern Wire"),
    )
    assert names(connection)[UNSETTLED] == ["Lantern Wire", False, 3]


def test_the_seed_settles_a_name_whatever_stories_carry(connection, tmp_path):
    load(connection, tmp_path, (SETTLED, "A Misprint"))
    assert names(connection)[SETTLED] == ["Kuwait News Agency (KUNA)", True, 1]


def test_each_code_has_one_row_even_before_its_first_story(connection):
    codes = [
        code for (code,) in connection.table("provider_names").select("provider_code").fetchall()
    ]
    assert SETTLED in codes
    assert len(codes) == len(set(codes))
