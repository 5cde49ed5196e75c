"""Near-duplicate detection: signatures, comparison, clusters."""
