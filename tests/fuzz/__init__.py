"""Damaged input for every parser: each returns a result or a documented refusal."""
