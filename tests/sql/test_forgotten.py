"""Nothing of a story that was taken down is loaded again, whoever staged it."""

from tests.sql.records import (
    RUN_ID,
    STORY,
    load_batch,
    make_article,
    make_figure,
    make_mention,
    make_recognition,
    make_reject,
    make_sighting,
    stage,
)


def test_a_batch_is_loaded_without_the_stories_that_were_taken_down(connection, tmp_path):
    connection.execute(f"insert into tombstones values ({STORY}, now(), 'asked for', now())")
    batch = stage(
        tmp_path / f"{RUN_ID}-0001",
        articles=[make_article(), make_article(article_id=STORY + 1, capture_id="other")],
        mentions=[make_mention()],
        article_figures=[make_figure()],
        annotation_stamps=[make_recognition()],
        listing_entries=[make_sighting(), make_sighting(article_id=STORY + 1)],
        rejects=[make_reject()],
    )
    counts = load_batch(connection, batch, run_id=RUN_ID)
    assert (counts.fetched, counts.inserted, counts.discovered) == (1, 1, 1)
    assert (counts.rejected, counts.mentions) == (0, 0)
    for table in ("articles", "article_versions", "captures", "listing_entries"):
        assert connection.table(table).select("article_id").fetchall() == [(STORY + 1,)]
