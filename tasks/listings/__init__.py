"""Feeds and listing pages: which stories they list."""
