"""The DuckDB warehouse: the writer's file, the readers' copy, and the SQL files that work on them.

This package is the only place that imports duckdb.
"""
