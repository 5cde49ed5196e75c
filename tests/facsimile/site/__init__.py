"""Turns invented stories into pages, feeds and listings of the facsimile site."""
