"""How well the known dates of ids date a story that is not among them."""

from datetime import datetime

FLOOR = 0.85


def estimates(connection, article_ids):
    rows = connection.execute(
        "select story.article_id, line.starts_at + (line.ends_at - line.starts_at) "
        "* ((story.article_id - line.first_id) / (line.last_id - line.first_id)) "
        "from (select unnest($1::bigint[]) as article_id) as story "
        "asof join calibration_segments as line on story.article_id >= line.from_id",
        [article_ids],
    ).fetchall()
    return dict(rows)


def test_an_anchor_left_out_is_dated_to_a_day_by_the_others(connection):
    anchors = connection.execute(
        "select article_id, published_at from id_anchors "
        "where not is_approximate and published_at between '2023-09-06' and '2026-09-01'"
    ).fetchall()
    errors = {}
    for article_id, published_at in anchors:
        connection.begin()
        connection.execute("delete from id_anchors where article_id = ?", [article_id])
        found = estimates(connection, [article_id])[article_id]
        connection.rollback()
        errors[article_id] = abs((found.date() - published_at.date()).days)
    near = sum(days <= 1 for days in errors.values()) / len(errors)
    assert near >= FLOOR, errors
    assert max(errors.values()) <= 8


def test_days_with_two_anchors_count_once(connection):
    doubled = connection.execute(
        "select list(article_id) from id_anchors group by published_at having count(*) > 1"
    ).fetchall()
    assert doubled
    for (article_ids,) in doubled:
        first, *_, last = (estimates(connection, article_ids)[one] for one in sorted(article_ids))
        assert isinstance(first, datetime)
        assert abs((last - first).total_seconds()) < 2 * 86400
