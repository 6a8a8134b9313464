"""Data sets of known sources, and their shelf."""
