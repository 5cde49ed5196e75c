"""How well pages are read and duplicates found, measured on the gold set."""
