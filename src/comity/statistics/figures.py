"""Printed figures in cells: what number a cell shows, or why it shows none. Nothing is coerced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Figure:
    """The number that a cell shows, with the note mark and the unit words that stand beside it."""

    number: Decimal
    mark: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell that says that there is no figure."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that shows no one number; `reason` says why."""

    reason: str


_MISSING = frozenset(
    {"", "-", "--", "---", "–", "—", "―", "..", "...", "…", ".", "n.a.", "n.a", "na", "n/a", "nan", "null", "none"}
    | {
        "not available",
        "not applicable",
        "x",
        ":",
        "(-)",
        "*",
        "#",
        "#n/a",
        "–.",
        "n. a.",
        "−",
        "....",
        "n.d.",
        "n.s.",
        "n.k.",
    }
    # "Nil" may be none, or too little to show (as "(z)" is in the tables of the United States): no figure is taken for it.
    | {"nil", "nil.", "(z)", "(x)", "(d)", "(na)", "(n.a.)", "***", "**"}
)
_BOUND = re.compile(
    r"[<>≤≥~≈∼±]|\b(?:less|more|under|over|about|circa|ca\.|approx\w*\.?|up to|at least)\b", re.IGNORECASE
)
# Marks of official tables: provisional, revised, estimated, forecast (SDMX code list CL_OBS_STATUS has the same ideas).
# A letter in brackets is a note's, save those that may stand for a thousand, a million or tonnes.
_WORD_MARK = r"\((?:[a-jln-su-z]|prov|provisional|rev|revised|est|estimate|estimated)\.?\)"
# A note's letter that stands apart, as statistical offices print it; "b", "k", "m" and "t" may be units.
_LETTER_MARK = r"(?<=\d)\s*(?-i:[acdefpr])\b(?!\))"
_SIGN_MARK = r"[*†‡§¶#¹²³⁰⁴-⁹ᵃ-ᶻ]+|\[(?:\d{1,2}|[a-z])\]|(?<=\d)\s*[a-z]\)"
_MARK = re.compile(rf"\s*(?:{_WORD_MARK}|{_LETTER_MARK}|{_SIGN_MARK})$", re.IGNORECASE)
# No printed figure with its unit and mark is longer; text beyond it need not be searched.
_LONGEST = 80
_SPACES = "\u00a0\u2007\u2009\u202f"
_DIGITS = re.compile(r"\d[\d.,'’ ]*")
_EXPONENT = re.compile(r"\d+(?:\.\d+)?[eE][+-]?\d{1,2}")
# Error values of spreadsheets (ISO/IEC 29500-1, 18.17.3); "#N/A" says that there is no figure.
_ERROR = re.compile(r"#(?:DIV/0!|REF!|VALUE!|NUM!|NAME\?|NULL!|SPILL!|CALC!|GETTING_DATA)", re.IGNORECASE)
# A figure of more digits is no count of anything: a slip, or two figures in one cell.
_MOST_DIGITS = 25
_PLAIN = re.compile(r"\d+")
_COMMA_GROUPS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})*,\d{3}")  # 1,234,567 and the Indian 12,34,567
_POINT_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_OTHER_GROUPS = re.compile(r"\d{1,3}(?:[ '’]\d{3})+")


def sign_evidence(text: str) -> str:
    """Return which decimal sign the figure in a cell shows: "." or ",".

    "point or group" and "comma or group" for "1.961" and "1,961", "whole" for a figure of three and more digits without
    a sign, "" for what says nothing.
    """
    digits = _digits(text)
    if digits is None:
        return ""
    if "." in digits and "," in digits:
        return "." if digits.rfind(".") > digits.rfind(",") else ","
    if "." in digits:
        if not _POINT_GROUPS.fullmatch(digits) or digits.startswith("0"):
            return "."
        return "," if digits.count(".") > 1 else "point or group"
    if "," in digits:
        if not _COMMA_GROUPS.fullmatch(digits) or digits.startswith("0"):
            return ","
        return "." if digits.count(",") > 1 else "comma or group"
    return "whole" if len(digits.replace(" ", "")) >= 3 else ""


def read_figure(text: str, decimal: str = ".") -> Figure | Missing | Unreadable:
    """Return what one cell shows, given the decimal sign of its column.

    "(45)" is -45, as accountants write it; "389*" and "2,132 (p)" keep their mark apart; "US$ 389 million" keeps
    the unit words apart. Zero is a figure, "n.a." is missing.
    """
    shown = _clean(text)
    if shown.lower() in _MISSING:
        return Missing()
    if _ERROR.fullmatch(shown):
        return Unreadable(f"'{shown}' is an error of the spreadsheet, not a figure")
    if len(shown) > _LONGEST:
        return Unreadable(f"'{shown[:30]} ...' is text, not a figure")
    mark = ""
    found = _MARK.search(shown)
    if found and found.start() > 0 and any(char.isdigit() for char in shown[: found.start()]):
        mark, shown = found.group().strip(), shown[: found.start()].strip()
    negative = False
    if shown.startswith("(") and shown.endswith(")"):
        negative, shown = True, shown[1:-1].strip()
    if _EXPONENT.fullmatch(shown.lstrip("+-")):
        return Figure(-Decimal(shown) if negative else Decimal(shown), mark)
    match = _DIGITS.search(shown)
    if match is None:
        return Unreadable(f"{text.strip()!r} is not a figure")
    digits = match.group().rstrip(" .,'’")
    before, after = shown[: match.start()].strip(), shown[match.start() + len(digits) :].strip()
    if before.endswith(("-", "−", "–")):
        if negative:
            return Unreadable(f"{text.strip()!r} is negative twice over")
        negative, before = True, before[:-1].strip()
    elif before.startswith(("-", "−", "–")):
        negative, before = True, before[1:].strip()
    elif before.endswith("+"):
        before = before[:-1].strip()
    elif before.startswith(".") or before.endswith("."):
        # WITS and Stata leave out the zero: ".067".
        if decimal == "." and before == "." and _PLAIN.fullmatch(digits):
            digits, before = f"0.{digits}", ""
        elif not (before.lower().rstrip(".").isalpha()):
            return Unreadable(f"{text.strip()!r} is not a figure")
    if not before and after in ("-", "−", "–") and not negative:
        negative, after = True, ""  # accounting programs print the minus behind: "5.3-"
    if _BOUND.search(before):
        return Unreadable(f"{text.strip()!r} is a bound or an estimate, not a figure")
    unit = f"{before} {after}".strip()
    if any(char.isdigit() for char in unit):
        return Unreadable(f"{text.strip()!r} shows more than one number")
    if sum(char.isdigit() for char in digits) > _MOST_DIGITS:
        return Unreadable(f"{text.strip()!r} has more digits than a figure can have")
    number = _number(digits, decimal)
    if number is None:
        return Unreadable(f"{text.strip()!r} does not agree with the decimal sign {decimal!r} of its column")
    return Figure(-number if negative else number, mark, unit)


def figure_of_any_sign(text: str) -> Figure | None:
    """Return what a cell shows whose column's decimal sign is not known yet; its unit and mark are sure, its number is not."""
    for sign in (".", ","):
        read = read_figure(text, sign)
        if isinstance(read, Figure):
            return read
    return None


def _number(digits: str, decimal: str) -> Decimal | None:
    groups, other = (_COMMA_GROUPS, ",") if decimal == "." else (_POINT_GROUPS, ".")
    whole, sign, fraction = digits.partition(decimal)
    if sign and not _PLAIN.fullmatch(fraction):
        return None
    if groups.fullmatch(whole):
        whole = whole.replace(other, "")
    elif _OTHER_GROUPS.fullmatch(whole):
        whole = re.sub(r"[ '’]", "", whole)
    elif not _PLAIN.fullmatch(whole):
        return None
    return Decimal(f"{whole}.{fraction}" if sign else whole)


def _clean(text: str) -> str:
    for space in _SPACES:
        text = text.replace(space, " ")
    return text.strip()


def _digits(text: str) -> str | None:
    shown = _clean(text)[: _LONGEST + 1]
    if len(shown) > _LONGEST or _EXPONENT.fullmatch(shown.lstrip("+-")):
        return None
    match = _DIGITS.search(shown)
    return match.group().rstrip(" .,'’") if match else None
