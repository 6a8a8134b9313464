"""Rates of exchange as tables name them: "Exchange rate, rupees per US dollar, average", and the columns below such words.

A rate is taken only where the words name both currencies with "per" between them, and say whether it is the average of the
period or the rate at its end. "USD/INR" is written for either of two things and is taken for neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from comity.states import all_states, national_currency
from comity.statistics.catalogue import indicators_in
from comity.statistics.labels import MONTHS
from comity.statistics.narrowing import is_neutral, part_of_a_year
from comity.statistics.units import Unit, is_money, read_unit

_NAMED = re.compile(r"\b(?:exchange|reference|conversion)[- ]rates?\b|\brates? of exchange\b", re.I)
_AVERAGE = re.compile(r"\b(?:averages?|averaged|avg\.?|mean)(?!\w)", re.I)
_END = re.compile(r"\b(?:end|closing|close)\b|\bas (?:on|at|of)\b", re.I)
_OTHER = re.compile(
    r"\b(?:real|effective|[rn]eer|index|indices|forward|ppp|parity|buying|selling|bid|ask|changes?|growth|appreciation|depreciation|volatility|high|low"
    r"|highest|lowest|opening|mid|gains?|loss|losses|difference|spread|gap|forecasts?|projected|target|parallel|market premium|percent|per cent)\b|%",
    re.I,
)
_MONTH = re.compile(rf"\b(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b", re.I)
_PER = re.compile(r"\bper\b", re.I)
_CLAUSE = re.compile(r"[;:()\[\]]|,(?!\d)")
_ANY_OTHER = re.compile(r"\s*(?:(?:a |one )?units? of )?(?:the )?foreign currency", re.I)
_UNITS = re.compile(r"(?<![\d.,])(1|10|100|1000|1,000)(?![\d.,])")


@dataclass(frozen=True, slots=True)
class Rate:
    """What a line of rates is: the key of its indicator, its unit ("INR per USD"), and the state whose rate it is."""

    indicator: str
    unit: str
    reporter: str


def names_rate(words: str) -> bool:
    """Whether words speak of rates of exchange."""
    return bool(_NAMED.search(words))


def read_rate(header: str, table: Collection[str], parties: Collection[str], *, of_years: bool) -> Rate | str | None:
    """Return the rate that a line's words name; None where they name none, or why they are not clear.

    Args:
        header: the line's own words.
        table: the words that hold for the whole table: its caption and its unit line.
        parties: the codes of the states that may be meant; none where any may.
        of_years: whether the periods are years.
    """
    around = " / ".join(table)
    if indicators_in(header):
        return None  # "Exports, at the average exchange rate"
    if not _NAMED.search(header) and not (_NAMED.search(around) and _belongs(header, around, parties)):
        return None
    words = f"{header} / {around}" if not _NAMED.search(header) else header
    if other := _OTHER.search(words):
        return f"'{other.group()}' makes it another thing than the rate itself"
    if of_years and (month := _MONTH.search(words)):
        return f"it names '{month.group()}', and whether the label's year begins or ends there is not sure"
    if of_years and (part := part_of_a_year(words)):
        return f"it speaks of '{part}', a part of the year that the label names"
    kind = _kind(header) or _kind(around)
    if kind is None:
        return "it does not say whether the rate is the period's average or that at its end"
    # A header's own currencies stand over the table's.
    pair = next((found for text in (header, *table) if (found := _pair(text, header, parties)) is not None), None)
    if pair is None:
        return "it does not name two currencies with 'per' between them, as in 'rupees per US dollar'"
    if isinstance(pair, str):
        return pair
    quoted, units, base = pair
    reporter = _reporter(quoted, base, parties)
    if not reporter:
        return f"neither {quoted} nor {base} is the currency of {'one of the states' if parties else 'one state alone'}"
    return Rate(kind, f"{quoted} per {units + ' ' if units else ''}{base}", reporter)


def _belongs(header: str, around: str, parties: Collection[str]) -> bool:
    """Whether a header below words on rates is of one: it says nothing more, the kind, or the currencies."""
    plain = _END.sub("", _AVERAGE.sub("", header)).strip(" -–/.")
    if is_neutral(plain) or re.fullmatch(
        r"(?:rates?)? ?(?:of|for)? ?(?:the )?(?:(?:period|year|month|quarter)s?)?", plain, re.I
    ):
        return True
    return bool(_PER.search(header) or (_ANY_OTHER.search(around) and _currency(header, parties)))


def _kind(words: str) -> str | None:
    average, end = bool(_AVERAGE.search(words)), bool(_END.search(words))
    if average == end:
        return None
    return "exchange-rate" if average else "exchange-rate-end"


def _pair(words: str, header: str, parties: Collection[str]) -> tuple[str, str, str] | str | None:
    """Return the currency quoted, how many units of the other, and the other; None where the words name no two."""
    parts = _PER.split(words)
    if len(parts) != 2:
        return None if len(parts) < 2 else "it names more than one rate"
    before, after = _CLAUSE.split(parts[0])[-1], _CLAUSE.split(parts[1])[0]
    if _ANY_OTHER.match(parts[1]):
        after = header
    quoted, base = _currency(before, parties), _currency(after, parties)
    if not quoted or not base:
        return f"'{before.strip()}' and '{after.strip()}' do not name two currencies that are sure"
    if quoted == base:
        return f"{quoted} stands on both sides"
    units = _UNITS.findall(after)
    if len(units) > 1 or _UNITS.search(before):
        return "it names several numbers of units"
    return quoted, "" if not units or units[0] == "1" else units[0].replace(",", ""), base


def _currency(words: str, parties: Collection[str]) -> str:
    found = read_unit(_UNITS.sub(" ", words), parties)
    return found.unit if isinstance(found, Unit) and is_money(found.unit) and found.scale is None else ""


def _reporter(quoted: str, base: str, parties: Collection[str]) -> str:
    """Return the state whose currency is quoted, or else the one whose currency is the other; "" where it may be any of several.

    Of two parties that share a currency the first by code stands for it: a rate is the currency's, whoever reports it.
    """
    codes = sorted(parties or {one.code for one in all_states()})
    for currency in (quoted, base):
        owners = [code for code in codes if national_currency(code) == currency]
        if len(owners) == 1 or (owners and parties):
            return owners[0]
    return ""
