"""Everything a wire can do wrong, one by one and all at once."""
