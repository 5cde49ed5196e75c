"""A page's bytes in, an `Article` out."""
