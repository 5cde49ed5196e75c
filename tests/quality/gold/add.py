"""Add a page to the gold set: `python -m tests.quality.gold.add PAGE.html --url ADDRESS`.

The page is copied, and a form with every field is created, to be filled in by hand.
"""

import argparse
import json
import re
import shutil
import sys
from pathlib import Path

from tests.quality.gold.pages import EXPECTED_FIELDS, GOLD


def main(arguments: list[str] | None = None) -> int:
    """Copy the page, write the form, print what to do next; 2 where the name is taken."""
    options = _parser().parse_args(arguments)
    name = re.sub(r"[^a-z0-9]+", "-", (options.name or options.page.stem).lower()).strip("-")
    form = options.into / "expected" / f"{name}.json"
    if form.exists():
        print(f"{form} is there already; choose another --name", file=sys.stderr)
        return 2
    for folder in ("expected", "pages"):
        (options.into / folder).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(options.page, options.into / "pages" / f"{name}.html")
    record = {
        "about": "",
        "traits": [],
        "address": options.url,
        "content_type": options.content_type,
        "article": dict.fromkeys(EXPECTED_FIELDS) | {"body": [""]},
    }
    text = json.dumps(record, ensure_ascii=False, indent=2)
    form.write_text(f"{text}\n", encoding="utf-8")
    print(f"Now fill in {form} by hand, from the page alone; then: make score")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.quality.gold.add", description=__doc__)
    parser.add_argument("page", type=Path, help="the page as it was sent")
    parser.add_argument("--url", required=True, help="the address it was asked for")
    parser.add_argument("--content-type", default="text/html; charset=utf-8")
    parser.add_argument("--name", help="what to call it; the file's name without this")
    parser.add_argument("--into", type=Path, default=GOLD, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
