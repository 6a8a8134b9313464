"""Marks that call notes, and the labels with which the lines of notes begin."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from comity.documents.inline import is_power
from comity.documents.portable_rows import Row

_SYMBOLS = "*†‡§¶‖#"
_FIRST_NUMBER = re.compile(r"\[?(?P<label>\d{1,3}|[ivxlc]{1,8})(?:\]|[.)])?(?:\s+(?=\S)|(?=[A-Z“\"]))")
_FIRST_SYMBOL = re.compile(rf"(?P<label>([{_SYMBOLS}])\2{{0,3}})\s*(?=[^\s{re.escape(_SYMBOLS)}])")
_CALLING_SYMBOL = re.compile(r"(?<=[^\s*†‡§¶‖|])(?P<label>([*†‡§¶‖])\2{0,3})(?=[\s.,;:)\]”\"’]|$)")
_CALLING = re.compile("[*†‡§¶‖]")
_RANGE = re.compile(r"(\d+)[–-](\d+)")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@dataclass(slots=True)
class Call:
    """A mark in the text that may call notes."""

    row: Row
    start: int
    end: int
    labels: list[str]
    keys: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class FootNote:
    """A note: its mark as printed, the key by which it is called here, and its lines, each from one of its characters on."""

    label: str
    key: str
    lines: list[tuple[Row, int]]


def calls_in(row: Row) -> list[Call]:
    """Return the marks of a line that call notes: raised ones, and symbols behind a word."""
    if not row.marks and _CALLING.search(row.text) is None:
        return []
    found = [
        Call(row, mark.start, mark.end, _labels(mark.label))
        for mark in row.marks
        if mark.start and not is_power(row.text[: mark.start], mark.label)
    ]
    covered = {at for mark in row.marks for at in range(mark.start, mark.end)}
    for match in _CALLING_SYMBOL.finditer(row.text):
        # A mark in pairs on one line sets words off: "*urgent*".
        if match.start() not in covered and row.text.count(match["label"]) == 1:
            found.append(Call(row, *match.span(), [match["label"]]))
    return sorted(found, key=lambda call: call.start)


def _labels(printed: str) -> list[str]:
    labels: list[str] = []
    for part in printed.translate(_LOWERED).split(","):
        between = _RANGE.fullmatch(part)
        if between and 0 < int(between[2]) - int(between[1]) < 20:
            labels += [str(number) for number in range(int(between[1]), int(between[2]) + 1)]
        else:
            labels.append(part)
    return labels


def first_label(row: Row) -> tuple[str, int, bool] | None:
    """The label with which a line begins, where the text behind it begins, and whether it is raised."""
    if row.marks and row.marks[0].start == 0:
        mark = row.marks[0]
        rest = len(row.text) - len(row.text[mark.end :].lstrip(" .)"))
        return mark.label.translate(_LOWERED), rest, True
    for pattern in (_FIRST_NUMBER, _FIRST_SYMBOL):
        match = pattern.match(row.text)
        if match:
            return match["label"], match.end(), False
    return None
