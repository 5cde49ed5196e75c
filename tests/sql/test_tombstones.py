"""Nothing of a deleted story is loaded again, whatever staged it."""

from tests.sql.records import (
    STORY,
    make_annotation_stamp,
    make_article,
    make_figure,
    make_listing_entry,
    make_mention,
    make_reject,
)


def test_a_batch_is_loaded_without_the_stories_that_were_deleted(connection, load):
    connection.execute(f"insert into tombstones values ({STORY}, now(), 'asked for', now())")
    counts = load(
        articles=[make_article(), make_article(article_id=STORY + 1, capture_id="other")],
        mentions=[make_mention()],
        article_figures=[make_figure()],
        annotation_stamps=[make_annotation_stamp()],
        listing_entries=[make_listing_entry(), make_listing_entry(article_id=STORY + 1)],
        rejects=[make_reject()],
    )
    assert (counts.fetched, counts.inserted, counts.discovered) == (1, 1, 1)
    assert (counts.rejected, counts.mentions) == (0, 0)
    for table in ("articles", "article_versions", "captures", "listing_entries"):
        assert connection.table(table).select("article_id").fetchall() == [(STORY + 1,)]
