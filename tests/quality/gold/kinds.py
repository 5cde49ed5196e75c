"""Gold pages built from kinds: a text and its variants, in `kinds.toml` and `kinds_locked.toml`.

A kind is a table; each `[kind.each.name]` is laid over it and makes one page. `page` is the text
as HTML or, where it opens with no tag, a paragraph a line; `{credit}`, `{token}` and any string of
the record, such as `{opening}`, may stand in it. The token closes the page, unless `page` places
it or `token` is false. What is expected is written by hand: `title`, `body` (a paragraph a line),
`place`, `day`, `byline` and `published`; without `published` the token's day `on` counts.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_FOLDER = Path(__file__).parent
_ZONE = ZoneInfo("America/New_York")
# Name as credited, then the provider's and the account's digits of the token.
_PROVIDERS = {
    "bna": ("Bahrain News Agency (BNA)", "000901", "011901"),
    "ein": ("EIN Presswire", "003118", "003196"),
    "globe": ("GlobeNewsWire - Nasdaq", "004107", "003653"),
    "ians": ("IANS", "000231", "011071"),
    "jordan": ("Jordan Times", "000028", "011005"),
    "kuna": ("Kuwait News Agency (KUNA)", "000071", "011013"),
    "nam": ("Nam News Network", "000902", "011902"),
    "ona": ("Oman News Agency", "000903", "011903"),
    "peninsula": ("The Peninsula", "000063", "011010"),
    "qna": ("Qatar News Agency", "000904", "011904"),
    "spa": ("Saudi Press Agency", "000905", "011905"),
    "trend": ("Trend News Agency", "000187", "011040"),
    "ukrinform": ("UkrinForm", "000193", "011044"),
    "wam": ("Emirates News Agency (WAM)", "000906", "011906"),
    "wire": ("PR Newswire", "003732", "001241"),
}
_DEFAULTS = {
    "skeleton": "spa_a",
    "encoding": "utf-8",
    "content_type": "text/html; charset=utf-8",
    "language": "en",
    "provider": "kuna",
    "on": date(2025, 9, 1),
    "token": True,
    "time": "",
    "meta": "",
}


def read_kinds(file: str) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Each page of `kinds` or `kinds_locked`: its name, its record of expectations, its story."""
    kinds = tomllib.loads((_FOLDER / f"{file}.toml").read_text(encoding="utf-8"))
    ids = count(1110005501 + 300 * file.endswith("locked"))
    for kind, shared in kinds.items():
        for name, own in shared["each"].items():
            yield _page(f"{file}-{kind}-{name}", _DEFAULTS | {"id": next(ids)} | shared | own)


def _page(name: str, record: dict[str, Any]) -> tuple[str, dict[str, Any], str]:
    provider, provider_code, account_code = _PROVIDERS[record["provider"]]
    day, article_id = record["on"], record["id"]
    token = f"MENAFN{day:%d%m%Y}{provider_code}{account_code}ID{article_id}"
    has_token, published = record["token"], record.get("published")
    page = record["page"].strip("\n")
    if has_token and "{token}" not in page:
        page += "\n<p>{token}</p>" if page.startswith("<") else "\n{token}"
    for slot, text in {**record, "credit": f"(MENAFN- {provider}) ", "token": token}.items():
        page = page.replace(f"{{{slot}}}", text) if isinstance(text, str) else page
    if not page.startswith("<"):
        page = "\n".join(f"<p>{line}</p>" for line in page.split("\n"))
    slots = {
        "page_title": record["title"],
        "title": record["title"],
        "body": page,
        **{slot: record[slot] for slot in ("time", "meta") if record[slot]},
    }
    folder = "arabic/" if record["language"] == "ar" else ""
    address = f"https://menafn.com/{folder}{article_id}/Kelp-And-Lamps"
    midnight = datetime.combine(day, time(), tzinfo=_ZONE)
    expected = {
        "article_id": article_id,
        "url": address,
        "language": record["language"],
        "title": record["title"],
        "body": record["body"].strip("\n").split("\n"),
        "provider": provider,
        "provider_printed": provider,
        "provider_code": provider_code if has_token else None,
        "account_code": account_code if has_token else None,
        "menafn_token": token if has_token else None,
        "dateline_place": record.get("place"),
        "dateline_date": str(record["day"]) if "day" in record else None,
        "byline": record.get("byline"),
        "published_at": str(published or midnight) if published or has_token else None,
        "published_at_basis": "page" if published else "token" if has_token else "article_id",
        "image_url": None,
        "is_stock_image": False,
    }
    story = f"<!-- skeleton: {record['skeleton']}, encoding: {record['encoding']} -->\n" + "".join(
        f"== {slot}\n{text}\n" for slot, text in slots.items()
    )
    about = {"about": name, "traits": ["kinds"], "content_type": record["content_type"]}
    return name, about | {"address": address, "article": expected}, story
