"""Findings, measures, timelines, charts and notes laid out as one document."""

from comity.brief.compose import compose
from comity.brief.material import Material, Unread

__all__ = ["Material", "Unread", "compose"]
