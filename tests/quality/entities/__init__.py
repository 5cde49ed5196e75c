"""Entities: their tables' compilers, the gold set, and what recognition must reach."""
