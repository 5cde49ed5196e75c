"""Beats written in English, a module for each field."""
