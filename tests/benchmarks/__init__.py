"""Measurements of speed, memory and size, each against the bound that it must keep."""
