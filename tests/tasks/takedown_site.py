"""A data folder with one story, and a mark in each of its texts, in every possible place."""

import shutil
from contextlib import closing

import pyarrow.parquet

from tasks.archive.files import archived_files
from tasks.archive.members import read_members
from tasks.archive.writer import ArchiveWriter
from tasks.warehouse.connect import open_published
from tasks.warehouse.publish import publish
from tasks.warehouse.runs import begin_run
from tasks.warehouse.writer import writer
from tests.sql.records import (
    RUN_ID,
    SEEN_AT,
    STORY,
    load_batch,
    make_annotation_stamp,
    make_article,
    make_figure,
    make_listing_entry,
    make_mention,
    make_quote,
    make_reject,
    make_run,
    stage,
)
from tests.unit.archive.foreign_warc import make_response

MARK = "Zyxwvut"  # in every text of the story that is taken down, and nowhere else
TITLE = f"{MARK} harbour closes"
COPIED = " ".join(
    f"Pier {n} of the harbour will be dredged in the spring of the year." for n in range(20, 40)
)
BODY = f"{COPIED} {MARK} said so."
COPY, OTHER, LATER = STORY - 1, STORY + 1, STORY + 2
FEED = "https://menafn.com/rss/menafn_Kuwait.xml"


def response_to(url, body):
    return make_response(body.encode(), url=url, headers=(), fetched_at=SEEN_AT)


def feed():
    items = "".join(
        f"<item><title>{title}</title><link>https://menafn.com/{one}/{title.split()[0]}</link>"
        f"<description>{BODY[-180:] if one == STORY else title}</description></item>"
        for one, title in [(STORY, TITLE), *((STORY + n, "Another day") for n in range(1, 30))]
    )
    return f"<rss><channel>{items}</channel></rss>"


def articles_of(captures):
    texts = {STORY: (TITLE, BODY), COPY: ("The harbour", COPIED), OTHER: ("The harbour", COPIED),
             LATER: ("Another day", "Nothing happened.")}  # fmt: skip
    return [
        make_article(article_id=one.article_id, title=texts[one.article_id][0],
                     body=texts[one.article_id][1], capture_id=one.capture_id,
                     url=f"https://menafn.com/{one.article_id}/x", page_at=SEEN_AT)
        for one in captures
    ]  # fmt: skip


def make_data(data_dir):
    """A data folder with four stories, three of them with one text."""
    run = make_run(data_dir)
    with ArchiveWriter(run) as archive:
        listing = archive.append(response_to(FEED, feed()))
        captures = [
            archive.append(response_to(f"https://menafn.com/{one}/x", text * 9), one)
            for one, text in ((COPY, "copy"), (STORY, BODY), (OTHER, "other"), (LATER, "later"))
        ]
    articles = articles_of(captures)
    batch = stage(
        run.paths.staged / f"{RUN_ID}-00001",
        captures=[listing, *captures],
        articles=articles,
        mentions=[
            make_mention(article_id=STORY, body=BODY, name=MARK, surface=MARK,
                         start_char=BODY.index(MARK), end_char=BODY.index(MARK) + 7),
            make_mention(article_id=OTHER, body=articles[2].body, name="Pier", surface="Pier", start_char=0, end_char=4),
        ],
        article_figures=[make_figure(body=BODY, part="body", surface=MARK, start_char=BODY.index(MARK),
                             end_char=BODY.index(MARK) + 7)],
        quotes=[make_quote(body=BODY, surface=MARK, start_char=BODY.index(MARK),
                           end_char=BODY.index(MARK) + 7, speaker=MARK)],
        annotation_stamps=[make_annotation_stamp(title=TITLE, body=BODY)],
        listing_entries=[make_listing_entry(article_id=STORY, title=TITLE, capture_id=listing.capture_id)],
        rejects=[
            make_reject(article_id=STORY, detail=MARK),
            make_reject(article_id=LATER + 1, detail=f"to another page, https://menafn.com/{STORY}/{MARK}"),
        ],
    )  # fmt: skip
    with writer(run.paths, wait_seconds=0) as connection:
        begin_run(connection, run)
        load_batch(connection, batch, run_id=RUN_ID)
    shutil.move(batch, run.paths.staged / f"{RUN_ID}-00002")
    waiting = run.paths.fetched / f"{RUN_ID}-00003"
    stage(waiting, captures=captures, rejects=[make_reject(detail=MARK)])
    damaged = run.paths.quarantine / f"{RUN_ID}-00004"
    damaged.mkdir(parents=True)
    (damaged / "reason.txt").write_text(MARK)
    (run.paths.runs / "died").mkdir(parents=True)
    (run.paths.runs / "died" / "wanted.parquet").write_text(MARK)
    (archived_files(run.paths)[0].parent / ".one.warc.gz.99999.part").write_text(MARK)
    publish(run)
    return run


def rows(run, question):
    with writer(run.paths, wait_seconds=0) as warehouse:
        return warehouse.sql(question).fetchall()


def published_rows(run, question):
    with closing(open_published(run.paths)) as warehouse:
        return warehouse.sql(question).fetchall()


def places_of(run):
    """Names of the files with the mark: as bytes, in a packed record, in a value of a table."""

    def has_mark(path):
        content = path.read_bytes()
        if path.suffix == ".gz" and any(MARK.encode() in one.content for one in read_members(path)):
            return True
        if content.startswith(b"PAR1"):
            return MARK in repr(pyarrow.parquet.ParquetFile(path).read().to_pylist())
        return MARK.encode() in content

    files = (path for path in run.paths.data_dir.rglob("*") if path.is_file())
    return {path.name for path in files if has_mark(path)}
