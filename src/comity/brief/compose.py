"""The brief as one self-contained HTML file."""

from __future__ import annotations

from html import escape

from comity.brief.material import Material


def compose(material: Material) -> str:
    """Return the brief on the dyad as one HTML file that needs nothing else."""
    dyad = material.dyad
    title = material.title or f"{material.name(dyad.first)}–{material.name(dyad.second)}"
    sentences = "".join(f"<p>{escape(measure.summary)}</p>" for measure in material.measures)
    return f'<!doctype html><html lang="en"><title>{escape(title)}</title><h1>{escape(title)}</h1>{sentences}</html>'
