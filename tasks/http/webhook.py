"""Messages to an address that the operator gave, apart from everything that concerns the site."""

from typing import Any

import httpx

TIMEOUT_SECONDS = 10.0


def post_json(url: str, body: dict[str, Any]) -> str | None:
    """Post a JSON object; returns why it was not taken, without the address, or `None`."""
    try:
        response = httpx.post(url, json=body, timeout=TIMEOUT_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        # Not the library's own words, which may quote the address with the token in it.
        return f"{type(error).__name__} at {httpx.URL(url).host}"
    return None if response.is_success else f"status {response.status_code} of {response.url.host}"
