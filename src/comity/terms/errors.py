"""Every error that Comity raises on purpose, and the exit code that each one owns.

ComityError                     could not run (exit 2)
├── InvalidTerm                 a value breaks the law of its own type
├── StateError                  a name or code does not lead to one state
│   ├── UnknownState            nothing of that name is known
│   ├── AmbiguousState          several states bear that name; the choices are listed
│   └── DissolvedState          the state had not begun or had ended on that date; successors are listed
├── UnreadableSource            a file cannot be read; names the file, the place and the remedy
├── UnreadableTable             a table's shape or cell cannot be understood; names row and column
├── WorkspaceError              no workspace, a broken comity.toml, a path outside the workspace
├── FetchError                  a publisher's service cannot be reached, or what it gave cannot be accepted
├── RecordError                 the record cannot be opened or written
│   └── RecordBusy              another build holds the record
├── UnknownCode                 no rule, measure or command has that code
└── MissingExtra                an optional part is not installed; names the extra

A message says what happened, to what, and what to do about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar


class ComityError(Exception):
    """The base of all errors that Comity raises on purpose; a person can act on each of them."""

    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(_sentences(message, remedy))
        self.message = message
        self.remedy = remedy


def _sentences(message: str, remedy: str) -> str:
    """Join what happened and what to do: each a sentence of its own."""
    if not remedy:
        return message
    return f"{message.rstrip()}{'' if message.rstrip()[-1:] in '.!?:' else '.'} {remedy}"


class InvalidTerm(ComityError):
    """A value was given that breaks the law of its own type."""


class StateError(ComityError):
    """A name or code does not lead to exactly one state."""

    def __init__(self, message: str, *, name: str, choices: Sequence[str] = (), remedy: str = "") -> None:
        super().__init__(message, remedy=remedy)
        self.name = name
        self.choices = tuple(choices)


class UnknownState(StateError):
    """Nothing of that name or code is known."""


class AmbiguousState(StateError):
    """Several states bear that name; `choices` lists them."""


class DissolvedState(StateError):
    """The state had not begun or had already ended on the date asked for; `choices` lists its successors."""


class UnreadableSource(ComityError):
    """A file cannot be read. `path` names it, `place` the line, page or byte where known."""

    def __init__(self, path: str, reason: str, *, place: str = "", remedy: str = "") -> None:
        where = f"{path}, {place}" if place else path
        super().__init__(f"{where}: {reason}", remedy=remedy)
        self.path = path
        self.reason = reason
        self.place = place


class UnreadableTable(ComityError):
    """A table's shape or one of its cells cannot be understood; `row` and `column` count from 1."""

    def __init__(
        self, table: str, reason: str, *, row: int | None = None, column: int | None = None, remedy: str = ""
    ) -> None:
        place = "".join(
            f", {word} {number}" for word, number in (("row", row), ("column", column)) if number is not None
        )
        super().__init__(f"{table}{place}: {reason}", remedy=remedy)
        self.table = table
        self.reason = reason
        self.row = row
        self.column = column


class WorkspaceError(ComityError):
    """There is no workspace here, or its comity.toml is broken."""


class FetchError(ComityError):
    """A publisher's service cannot be reached, or what it gave cannot be accepted; nothing was added."""


class RecordError(ComityError):
    """The record cannot be opened, read or written."""


class RecordBusy(RecordError):
    """Another build holds the record."""


class UnknownCode(ComityError):
    """No rule, measure or command has that code."""


class MissingExtra(ComityError):
    """An optional part of Comity is not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(
            f"{purpose} needs the extra '{extra}', which is not installed.",
            remedy=f"Install it with: pip install 'comity[{extra}]'",
        )
        self.extra = extra
