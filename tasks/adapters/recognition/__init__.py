"""Recognisers of names, and the tables that they and the linking read."""
