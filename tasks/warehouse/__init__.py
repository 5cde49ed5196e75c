"""The DuckDB warehouse: the writer's file, the readers' copy, and the SQL files run on them."""
