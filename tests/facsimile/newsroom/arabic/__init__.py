"""Beats written in Arabic, and the Arabic names of people and places."""
