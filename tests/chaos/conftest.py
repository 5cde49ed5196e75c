"""The session's Prefect server, for runs that are killed."""

from tests.flows.conftest import api_url

__all__ = ["api_url"]
