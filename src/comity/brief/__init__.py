"""Findings, measures, timelines, charts and notes laid out as one document."""
