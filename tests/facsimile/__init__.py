"""A made-up newswire with the real one's structure: invented words, real traps."""
