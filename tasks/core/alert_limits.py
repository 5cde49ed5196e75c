"""The operator's thresholds for alerts, as the setting `alert_thresholds` writes them."""

import re
from collections.abc import Iterable
from typing import Any

# Those of sql/alerts, whose defaults and meanings are in sql/seeds/alert_rules.csv.
ALERT_RULES = (
    "clock_skew", "coverage", "disk", "feed_repaired", "feed_silent", "feed_unusable", "last_run",
    "layouts_unknown", "newest_story", "rejects", "revisions_stopped", "robots_changed",
    "run_failing", "volume",
)  # fmt: skip
_LIMIT = re.compile(r"([a-z_]+)=(?:off|(-?\d+(?:\.\d+)?)(?::(-?\d+(?:\.\d+)?))?)", re.ASCII)


def parse_limits(values: Iterable[str]) -> list[dict[str, Any]]:
    """Of each its `rule`, `warning` and `critical`, both `None` for off; else a `ValueError`."""
    limits = []
    for value in values:
        found = _LIMIT.fullmatch(value)
        if found is None:
            raise ValueError("must be such as feed_silent=8, disk=7:2 or volume=off, with commas")
        if found[1] not in ALERT_RULES:
            raise ValueError(f"must name rules out of {', '.join(ALERT_RULES)}")
        warning, critical = (float(one) if one else None for one in found.groups()[1:])
        limits.append({"rule": found[1], "warning": warning, "critical": critical})
    return limits
