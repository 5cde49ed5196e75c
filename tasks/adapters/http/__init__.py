"""Asks the wire, politely and within bounds. By httpx, tenacity and aiolimiter."""
