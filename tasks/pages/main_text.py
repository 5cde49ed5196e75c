"""trafilatura: what of a container, or of a page without one, is main text."""

import logging
from copy import deepcopy
from importlib.metadata import version

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.settings import Extractor

VERSION = version("trafilatura")

# It warns of every text it finds too short; whether there is a story is decided elsewhere.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

# `fast` keeps to trafilatura's own extractor: its fallbacks take rails and disclaimers for the
# text of a one-sentence story. Never `dedup`, which keeps a memory per process and gives nothing
# from the fourth sighting of a text. Made once, since reading its defaults takes as long as a
# small page.
_IN_CONTAINER = Extractor(output_format="python", fast=True, recall=True, comments=False)
_ON_PAGE = Extractor(output_format="python", fast=True, precision=True, comments=False)


def main_text(container: html.HtmlElement) -> str:
    """What trafilatura takes for main text within a story's container, which is left as it is."""
    # trafilatura searches elements of this name first; without one it extracts a second time.
    article = deepcopy(container)
    article.tag, article.tail = "article", None
    article.attrib.clear()
    root = html.Element("html")
    etree.SubElement(root, "body").append(article)
    return _extract(root, _IN_CONTAINER)


def main_text_of_page(root: html.HtmlElement) -> str:
    """What trafilatura takes for main text on a page whose container isn't known."""
    return _extract(root, _ON_PAGE)


def _extract(element: html.HtmlElement, options: Extractor) -> str:
    document = bare_extraction(element, options=options)
    text = getattr(document, "text", None)
    return text if isinstance(text, str) else ""
