"""A month of the site in an hour: every run has a clock of its own, and the site keeps step."""
