"""The bundled sample wire, ingested over loopback HTTP exactly as the live one would be."""

from pathlib import Path

from flows.ingest import ingest
from tasks.replay import replay
from tasks.wire.menafn.sources import ARABIC_FEED, COUNTRY_FEEDS
from tasks.wire.summary import Summary

SAMPLE_WIRE = Path(__file__).resolve().parents[1] / "data" / "sample" / "wire.warc.gz"


async def ingest_sample(max_stories: int | None = None) -> Summary:
    """Replay the sample wire on a free loopback port and make one pass over it.

    Args:
        max_stories: most stories to fetch; `None` leaves it to the settings.

    Returns:
        The pass's summary.

    Raises:
        WirehouseError: as `flows.ingest.ingest` does.
    """
    with replay(SAMPLE_WIRE) as wire:
        return await ingest(
            base_url=wire.base_url,
            feeds=[*COUNTRY_FEEDS, ARABIC_FEED],
            max_stories=max_stories,
            requests_per_second=0.0,
        )
