"""Bytes that nobody meant: whatever is fed to a parser, it gives an answer or a refusal."""
