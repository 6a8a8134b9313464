"""Plain text."""

from __future__ import annotations

from comity.documents.drafts import Draft, Reading
from comity.documents.inline import tidy
from comity.documents.lines import Line, split_lines, without_furniture
from comity.documents.trace import Traced
from comity.terms import BlockKind


def read_text(text: str, name: str) -> Reading:
    """Read plain text or Markdown."""
    chunks: list[list[Line]] = [[]]
    for line in without_furniture(split_lines(text)):
        if line.blank:
            chunks.append([])
        else:
            chunks[-1].append(line)
    drafts = [
        Draft(BlockKind.PARAGRAPH, tidy(Traced.join([line.trimmed for line in chunk], "\n")).text)
        for chunk in chunks
        if chunk
    ]
    return Reading("text/plain", drafts)
