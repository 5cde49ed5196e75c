"""Tests of Wirehouse."""
