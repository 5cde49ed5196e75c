"""Names in wire copy: finding them, telling who is meant, and reading the figures beside them."""
