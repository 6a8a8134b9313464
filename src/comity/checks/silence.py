"""Comments by which an author silences a finding, with the reason: `<!-- comity: ignore SUM001 the source prints it so -->`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from comity.terms import Document, Finding

_COMMENT = re.compile(
    r"<!--\s*comity:\s*ignore\s+(?P<codes>[A-Z]{3}\d{3}(?:[ \t]*,[ \t]*[A-Z]{3}\d{3})*)(?P<reason>[^<>]{0,500}?)\s*-->"
)


@dataclass(frozen=True, slots=True)
class Ignore:
    """One such comment: the line that it ends on (from 1), the codes that it names, and the reason that it gives."""

    line: int
    codes: frozenset[str]
    reason: str


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that its author silenced, with the reason given ("" where there is none)."""

    finding: Finding
    reason: str


def read_ignores(source: str) -> tuple[Ignore, ...]:
    """Return the comments in a file's text, in order; for readers that do not keep comments in the document's text."""
    return tuple(
        Ignore(
            source.count("\n", 0, match.end()) + 1,
            frozenset(re.findall(r"[A-Z]{3}\d{3}", match["codes"])),
            match["reason"].strip(" \t\n:;,-–—"),
        )
        for match in _COMMENT.finditer(source)
    )


def ignores_in(document: Document) -> tuple[Ignore, ...]:
    """Return the comments that stand in the document's text, at their lines of the file."""
    return tuple(
        Ignore(
            document.locate(match.end() - 1).line,
            frozenset(re.findall(r"[A-Z]{3}\d{3}", match["codes"])),
            match["reason"].strip(" \t\n:;,-–—"),
        )
        for match in _COMMENT.finditer(document.text)
    )


def ignore_for(finding: Finding, document: Document, ignores: Iterable[Ignore]) -> Ignore | None:
    """Return the comment that silences the finding: on a line of its claim, or on the line before."""
    own = finding.spans[0]
    last = document.locate(max(own.start, own.end - 1)).line
    for ignore in ignores:
        if finding.code in ignore.codes and own.line - 1 <= ignore.line <= last:
            return ignore
    return None
