"""Writes the invented stories."""
