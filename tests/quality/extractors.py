"""One extractor over a folder of pages: `python extractors.py TOOL PAGES ANSWERS`.

Runs in an environment that holds the one tool and the standard library, so only the function that
measures Wirehouse itself imports anything of Wirehouse. `PAGES/index.json` lists the pages;
ANSWERS becomes a JSON object with `answers` (title, date and text by page) and `pages_per_second`
(CPU time of this process, every page at least once, warmed up).
"""

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

Page = dict[str, str]
Response = dict[str, str | None]
Extract = Callable[[Page], Response]

_LEAST_CPU_SECONDS = 3.0
_WARM_UP_PAGES = 5
_BLOCKS = ("p", "div", "li", "h1", "h2", "h3", "h4", "tr", "blockquote", "br", "dt", "dd", "td")


def wirehouse() -> Extract:
    """This reader, from the bytes and the address, with all its fields."""
    score = import_module("tests.quality.score")
    by_name = {gold.name: gold for gold in score.gold_pages()}

    def extract(page: Page) -> Response:
        article = score.read_gold_page(by_name[page["name"]])
        found = article.page_at or article.token_at
        return _answer(article.title, found and found.astimezone(score.ZONE), article.body)

    return extract


def trafilatura() -> Extract:
    """Its defaults, with the metadata that title and date need."""
    bare_extraction = import_module("trafilatura").bare_extraction

    def extract(page: Page) -> Response:
        found = bare_extraction(page["html"], url=page["address"], with_metadata=True)
        return _answer(found.title, found.date, found.text) if found else {}

    return extract


def newspaper4k() -> Extract:
    """Its defaults, on a page already downloaded."""
    article_class = import_module("newspaper").Article

    def extract(page: Page) -> Response:
        article = article_class(page["address"], fetch_images=False)
        article.download(input_html=page["html"])
        article.parse()
        return _answer(article.title, article.publish_date, article.text)

    return extract


def news_please() -> Extract:
    """Its defaults, on a page already downloaded."""
    from_html = import_module("newsplease").NewsPlease.from_html

    def extract(page: Page) -> Response:
        found = from_html(page["html"], url=page["address"], fetch_images=False)
        return _answer(found.title, found.date_publish, found.maintext)

    return extract


def readability_lxml() -> Extract:
    """Its summary as text, a line to a block; it knows no dates."""
    document_class = import_module("readability").Document
    lxml_html = import_module("lxml.html")

    def extract(page: Page) -> Response:
        document = document_class(page["html"])
        summary = lxml_html.fromstring(document.summary(html_partial=True))
        for block in summary.iter(*_BLOCKS):
            block.tail = "\n" + (block.tail or "")
        return _answer(document.short_title(), None, summary.text_content())

    return extract


def resiliparse() -> Extract:
    """Its main content, otherwise its defaults; it knows no dates."""
    plain_text = import_module("resiliparse.extract.html2text").extract_plain_text
    tree_class = import_module("resiliparse.parse.html").HTMLTree

    def extract(page: Page) -> Response:
        tree = tree_class.parse(page["html"])
        return _answer(tree.title, None, plain_text(tree, main_content=True))

    return extract


EXTRACTORS = {
    "wirehouse": wirehouse,
    "trafilatura": trafilatura,
    "newspaper4k": newspaper4k,
    "news-please": news_please,
    "readability-lxml": readability_lxml,
    "resiliparse": resiliparse,
}


def _answer(title: str | None, date: object, text: str | None) -> Response:
    return {"title": title, "date": str(date)[:10] if date else None, "text": text}


def _attempt(extract: Extract, page: Page) -> Response:
    try:
        return extract(page)
    except Exception:  # noqa: BLE001 - a page on which a tool breaks down has no answer
        return {}


def main() -> None:
    """Read the pages with the tool and write its answers."""
    tool, folder, path = sys.argv[1:]
    pages = json.loads((Path(folder) / "index.json").read_text(encoding="utf-8"))
    for page in pages:
        page["html"] = (Path(folder) / f"{page['name']}.html").read_text(encoding="utf-8")
    extract = EXTRACTORS[tool]()
    for page in pages[:_WARM_UP_PAGES]:
        _attempt(extract, page)
    count, started, answers = 0, time.process_time(), {}
    while not count or time.process_time() - started < _LEAST_CPU_SECONDS:
        answers = {page["name"]: _attempt(extract, page) for page in pages}
        count += len(pages)
    pace = count / (time.process_time() - started)
    record = {"answers": answers, "pages_per_second": pace}
    Path(path).write_text(json.dumps(record), encoding="utf-8")


if __name__ == "__main__":
    main()
