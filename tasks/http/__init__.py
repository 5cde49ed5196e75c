"""Polite, bounded requests to the site, and their replay from archived responses."""
