"""Briefs of which everything is known, the files that programs made of them, and how much of them the reader finds."""
