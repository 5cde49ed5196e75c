"""What a page says is a value, never a part of a statement, a file's name or a check's words."""

import ast
from datetime import date
from pathlib import Path

from tests.sql.records import STORY, make_article, make_listing_entry

ROOT = Path(__file__).parents[2]
HOSTILE = [
    "'; drop table articles; --",
    '"; delete from articles; --',
    "$title $1 ? :name {value} %s %(x)s",
    "' || (select content from read_text('/etc/hostname')) || '",
    "=cmd|' /C calc'!A0",
    "../../../../tmp/owned",
    "<script>alert(1)</script>",
    "\x1b]0;owned\x07",
    "\\x00\\u0000 \\'",
    "مينا' ؛ --",
]


def test_hostile_text_is_stored_as_it_is(connection, load):
    articles = [
        make_article(
            article_id=article_id,
            capture_id=text,
            title=text,
            body=f"{text}\nThe end.",
            provider=text,
            byline=text,
            dateline_place=text,
            dateline_date=date(2025, 8, 12),
            image_url=text,
            text_defects=(text,),
        )
        for article_id, text in enumerate(HOSTILE, start=STORY)
    ]
    entries = [
        make_listing_entry(article_id=article_id, title=text, section=text)
        for article_id, text in enumerate(HOSTILE, start=STORY)
    ]
    load(articles=articles, listing_entries=entries)
    stored = connection.sql(
        "select title, body, byline, dateline_place, image_url from articles order by article_id"
    ).fetchall()
    assert stored == [(text, f"{text}\nThe end.", text, text, text) for text in HOSTILE]
    listed = connection.sql("select title, section from listing_entries order by article_id")
    assert listed.fetchall() == [(text, text) for text in HOSTILE]


# The operator's own query, texts that come from files of sql/ alone, and names of our own views.
_GIVEN_STATEMENTS = {
    "tasks/warehouse/export_sqlite.py": "statement",
    "tasks/warehouse/sandbox.py": "statement",
    "tasks/warehouse/sql.py": "statement",
}


def test_no_statement_is_put_together_from_values():
    for folder in ("tasks", "flows"):
        for path in (ROOT / folder).rglob("*.py"):
            name = str(path.relative_to(ROOT))
            for call in _calls(path, "execute", "executemany", "sql", "query"):
                first = call.args[0]
                is_constant = isinstance(first, ast.Constant)
                is_given = isinstance(first, ast.Name) and first.id == _GIVEN_STATEMENTS.get(name)
                assert is_constant or is_given, f"{name}, line {call.lineno}"


def _calls(path: Path, *methods: str) -> list[ast.Call]:
    return [
        node
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in methods
        and node.args
    ]
