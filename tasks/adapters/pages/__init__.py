"""A page's bytes in, an `Article` out: lxml and trafilatura are imported in this package only."""
