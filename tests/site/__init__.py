"""The one fake site of the tests: pages and stories as data, what goes wrong as arguments."""
