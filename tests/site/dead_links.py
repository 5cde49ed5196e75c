"""Addresses of the sample that lead to no story: what they response, and how they must be refused.

Errors, redirects and strange bodies are invented, as no response of the real site but its story
pages was ever seen; the redirect of old links without a title to the front page is the site's own.
"""

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tests.site.page import SITE
from tests.site.responses import Response, document, error_page, redirect
from tests.site.story import read_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLink:
    title: str  # what feeds call it
    link: str  # how feeds link it
    article_id: int | None  # the story it claims to be, `None` where it names none
    url: str  # the canonical address under which it must be refused
    stage: str  # where it must be refused
    reason: str  # why
    responses: tuple[Response, ...]  # none for an address never asked


def dead_links() -> Iterator[DeadLink]:
    for row in read_rows("dead_links.jsonl"):
        row.setdefault("url", row["link"])
        path = row["url"].removeprefix(SITE)
        row["responses"] = tuple(_response(path, response) for response in row["responses"])
        yield DeadLink(**row)


def _response(path: str, row: dict[str, Any]) -> Response:
    path = row.get("path", path)
    if "location" in row:
        return redirect(path, row["location"], status=row["status"])
    if "text" in row:
        return error_page(path, row["status"], row["text"])
    body = row["body"].encode() if "body" in row else base64.b64decode(row["base64"])
    return document(path, body, row["type"])


def robots_text() -> bytes:
    """robots.txt: stories are allowed but for a few, no delay is asked of ordinary crawlers.

    The real site's was never seen; this one is invented.
    """
    embargoed = [dead for dead in dead_links() if dead.reason == "robots-forbids"]
    forbidden = "".join(f"Disallow: /{dead.article_id}/\n" for dead in embargoed)
    return (
        "# MENAFN.COM\nUser-agent: *\nAllow: /\nDisallow: /external_site/\nDisallow: /mobile/\n"
        f"Disallow: /private-wire/\n{forbidden}\n"
        "User-agent: GreedyBot\nCrawl-delay: 20\nDisallow: /\n"
    ).encode()
