"""Comity keeps the sourced record of the relationship between two states."""

__version__ = "0.1.0"
