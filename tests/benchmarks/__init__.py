"""Measures the promises of speed and size, as ratios taken side by side."""
