"""The fields of a Word document (ISO/IEC 29500-1, 17.16): what was computed is read, how it was is not.

A field stands between marks: begin, instructions, separate, result, end; fields stand within fields, and a table of contents
runs over many paragraphs. A mark that has no partner is passed over: what follows it may not be lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from comity.documents.word_styles import W, attribute

if TYPE_CHECKING:
    from lxml.etree import _Element

# Lists of contents and indexes repeat the text; what is asked for or set at work prints nothing of its own.
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX|TOA|RD)\b", re.IGNORECASE)
_AGAIN = re.compile(r"\s*NOTEREF\b", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    instruction: list[str] = field(default_factory=list)
    result: bool = False
    silent: bool = False
    again: bool = False


class Fields:
    """The fields that are open while a part is read.

    Attributes:
        told: the instructions of the fields so far that were not taken away.
        hidden: how many fields make what stands here no text: instructions, a list of contents.
    """

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._paired: set[_Element] = set()
        self.hidden = 0
        self.told: list[str] = []

    def pair(self, root: _Element) -> None:
        """Find the marks of a part that belong together."""
        waiting: list[list[_Element]] = []
        for mark in root.iter(f"{W}fldChar"):
            kind = attribute(mark, "fldCharType")
            if kind == "begin":
                waiting.append([mark])
            elif waiting and kind == "separate":
                waiting[-1].append(mark)
            elif waiting and kind == "end":
                self._paired.update((*waiting.pop(), mark))

    @property
    def repeats(self) -> bool:
        """Whether what stands here calls a note that was called before."""
        return bool(self._open) and self._open[-1].again and self._open[-1].result

    def mark(self, mark: _Element) -> None:
        """Take a mark."""
        if mark not in self._paired:
            return
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            self._open.append(_Field())
            self.hidden += 1
        elif self._open and kind == "separate" and not self._open[-1].result:
            self._begin_result(self._open[-1])
        elif self._open and kind == "end":
            last = self._open.pop()
            if not last.result:
                self._tell(last)
            self.hidden -= not last.result or last.silent

    def instruct(self, text: str) -> None:
        """Take a piece of the instructions of the open field."""
        if self._open and not self._open[-1].result:
            self._open[-1].instruction.append(text)

    def _begin_result(self, one: _Field) -> None:
        instruction = self._tell(one)
        one.result = True
        one.silent = is_contents(instruction)
        one.again = _AGAIN.match(instruction) is not None
        self.hidden -= not one.silent

    def _tell(self, one: _Field) -> str:
        instruction = "".join(one.instruction)
        self.told.append(instruction)
        return instruction


def is_contents(instruction: str) -> bool:
    """Whether a field lists contents, or is an index."""
    return _CONTENTS.match(instruction) is not None
