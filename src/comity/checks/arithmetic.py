"""ARI001: percentages of change, rises and falls from one figure to another, and sums, within one sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.checks.sentence import MONEY, PERCENT, MarkedSentence
from comity.terms import FindingSpan, Quantity, Severity, Verdict

_UP = r"rose|risen|rising|increased|increasing|grew|grown|growing|climbed|jumped|surged|soared|expanded|went\s+up|up"
_DOWN = r"fell|fallen|falling|declined|declining|decreased|decreasing|dropped|shrank|shrunk|plunged|plummeted|contracted|slumped|slipped|went\s+down|down"
_UP_NOUN = r"increase|rise|growth|gain|jump|surge"
_DOWN_NOUN = r"decrease|decline|fall|drop|reduction|loss|plunge|slump"
_HEDGE = r"(?:(?P<hedge>about|around|roughly|approximately|nearly|almost|some|over|more\s+than|less\s+than|only|just|an\s+estimated)\s+)?"
_WHEN = r"(?:\s*(?:,\s*)?(?:in|during|over)\s+(?:the\s+)?(?:fiscal\s+|financial\s+)?(?:year\s+)?(?:fy\s?)?\d{4}(?:\s?[-–/]\s?\d{2,4})?)?"
_ABOUT = r"(?:(?:about|around|some|roughly|nearly|almost|over|just|only|a\s+mere)\s+)?"
_FROM_TO = rf"from\s+{_ABOUT}(?P<first>{MONEY}){_WHEN}\s*,?\s+to\s+{_ABOUT}(?P<last>{MONEY})"
# "grew by 12 per cent, from X (in 2012) to Y"
_BY_FROM = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:\s+by)?\s+{_HEDGE}(?P<percent>{PERCENT})(?P<gap>[^.;⟦⟪]{{0,50}}?),?\s*(?:\(\s*)?{_FROM_TO}"
)
# "the share climbed from 4.5 per cent in 2015 to 5.1 per cent in 2019"
_SHARES = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:\s+[a-z]+ly)?,?\s+from\s+{_ABOUT}(?P<first>{PERCENT}){_WHEN}\s*,?\s+to\s+{_ABOUT}(?P<last>{PERCENT})"
)
# "rose from X to Y, an increase of 12 per cent"; "rose by 12 per cent"; or nothing about the percentage
_FROM = re.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\s+{_FROM_TO}{_WHEN}"
    rf"(?:\s*[,(–—-]?\s*(?:(?:an?|or\s+an?|which\s+is\s+an?)\s+(?:(?P<upn>{_UP_NOUN})|(?P<downn>{_DOWN_NOUN}))\s+of|(?:or|that\s+is|i\.e\.,?)\s+(?:by\s+)?|by)\s+{_HEDGE}(?P<percent>{PERCENT}))?"
)
# "climbed to Y (in 2018), an increase of 40 per cent from X"; "up 12 per cent from X"
_TO_FROM = re.compile(
    rf"(?P<last>{MONEY})(?P<gap>{_WHEN})\s*[,(–—-]?\s*(?:(?:an?|which\s+is\s+an?|which\s+was\s+an?)\s+(?:(?P<upn>{_UP_NOUN})|(?P<downn>{_DOWN_NOUN}))\s+of|(?P<up>up)(?:\s+by)?|(?P<down>down)(?:\s+by)?)\s+{_HEDGE}(?P<percent>{PERCENT})\s+(?:from|over|on|against|compared\s+(?:with|to))\s+{_ABOUT}(?P<first>{MONEY})"
)
# "worth Y in 2017, up from X"
_UP_FROM = re.compile(
    rf"(?P<last>{MONEY})(?P<gap>{_WHEN})\s*[,(–—-]?\s*(?:(?P<up>up)|(?P<down>down))\s+from\s+{_ABOUT}(?P<first>{MONEY})"
)
_SUM = re.compile(
    rf"(?P<one>{MONEY})(?P<a>[^.;⟦⟪]{{0,60}}?)\b(?:and|plus)\b(?P<b>[^.;⟦⟪]{{0,40}}?)(?P<two>{MONEY})(?P<c>[^.;⟦⟪]{{0,40}}?)"
    rf"\b(?:(?:gives?|giving|gave|for|brought|bringing)\s+(?:(?:a|the)\s+)?(?:[a-z-]+\s+)?(?:total|sum)\s+(?:of\s+|to\s+)?"
    rf"|(?:mak(?:e|es|ing)|made|add(?:s|ed|ing)?\s+up\s+to|sums?\s+(?:up\s+)?to|summed\s+(?:up\s+)?to|equals?|totall?ing|adds?\s+to)\s+(?:(?:a|the)\s+)?(?:[a-z-]+\s+)?(?:total|sum)?\s*(?:of\s+|to\s+)?)(?P<total>{MONEY})"
)
_YEARLY = re.compile(
    r"\b(?:annual(?:ly)?|yearly|(?:per|a|each|every)\s+(?:year|annum|month|quarter)|on\s+average|average|real\s+terms|percentage\s+points?|adjusted|compound(?:ed)?)\b"
)
_FORECAST = re.compile(r"\b(?:would|could|may|might|should|expected|projected|forecast|target|goal|planned|aims?)\b")


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each piece of arithmetic that a sentence spells out whole."""
    for passage in reading.prose:
        if sum(character.isdigit() for character in passage.text) < 2:
            continue
        sentence = reading.marked(passage)
        if len(sentence.quantities) < 2:
            continue
        taken: list[tuple[int, int]] = []
        for pattern in (_BY_FROM, _TO_FROM, _FROM, _UP_FROM, _SHARES):
            for match in pattern.finditer(sentence.plain):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                if _FORECAST.search(sentence.plain, max(0, match.start() - 60), match.end()):
                    continue
                ruling = _change(reading, sentence, match)
                if ruling is not None:
                    taken.append(match.span())
                    yield ruling
        for match in _SUM.finditer(sentence.plain):
            ruling = _sum(reading, sentence, match)
            if ruling is not None:
                yield ruling


def _change(reading: Reading, sentence: MarkedSentence, match: re.Match[str]) -> Ruling | None:
    groups = match.groupdict()
    first, last = sentence.quantity_at(match.start("first")), sentence.quantity_at(match.start("last"))
    if first.unit != last.unit or first.low <= 0:
        return None
    up = bool(groups.get("up") or groups.get("upn"))
    if (groups.get("up") and groups.get("downn")) or (groups.get("down") and groups.get("upn")):
        return None
    base = sentence.passage.start
    own = reading.span(base + match.start(), base + match.end(), "claim")
    places = (_place(reading, base, match, "first", "from"), _place(reading, base, match, "last", "to"))
    sign = 1 if up else -1
    least, most = (last.low / first.high - 1) * 100, (last.high / first.low - 1) * 100
    change = (last.value / first.value - 1) * 100
    if (sign > 0 and most < 0) or (sign < 0 and least > 0):
        reason = f"From {_shown(first)} to {_shown(last)} is {'a rise' if change > 0 else 'a fall'}, not {'a rise' if up else 'a fall'}."
        return Ruling(reading.claim("ARI001", "change", Verdict.CONTRADICTED, reason, own, *places))
    if groups.get("percent") and _YEARLY.search(sentence.plain, match.start(), match.end() + 20):
        return None  # a rate a year needs the years as well
    if not groups.get("percent"):
        if change * sign <= 0:
            return None
        reason = f"From {_shown(first)} to {_shown(last)} is {'a rise' if up else 'a fall'}."
        return Ruling(reading.claim("ARI001", "change", Verdict.CONFIRMED, reason, own, *places))
    return _percentage(reading, sentence, match, own, places, (least * sign, most * sign, change * sign))


def _percentage(
    reading: Reading,
    sentence: MarkedSentence,
    match: re.Match[str],
    own: FindingSpan,
    places: tuple[FindingSpan, ...],
    bounds: tuple[Decimal, Decimal, Decimal],
) -> Ruling:
    claimed = sentence.quantity_at(match.start("percent"))
    least, most, change = min(bounds[:2]), max(bounds[:2]), bounds[2]
    half = claimed.resolution / 2
    hedge = " ".join((match["hedge"] or "").split())
    if claimed.approximate or hedge not in ("", "only", "just"):
        half = max(half, claimed.number / 10)
    low, high = claimed.number - half, claimed.number + half
    shown = f"{change:.1f} per cent"
    if hedge in ("over", "more than") and most >= claimed.number:
        low, high = claimed.number, most
    if hedge == "less than" and least <= claimed.number:
        low, high = least, claimed.number
    if least <= high and low <= most:
        reason = f"The two figures give {shown}."
        return Ruling(reading.claim("ARI001", "change", Verdict.CONFIRMED, reason, own, *places))
    if least <= high + half * 2 and low - half * 2 <= most:
        reason = f"The two figures give {shown}, which is near; they may have been rounded before."
        return Ruling(reading.claim("ARI001", "change", Verdict.NOT_CHECKABLE, reason, own))
    reason = f"The two figures give {shown}, not {claimed.number.normalize():f} per cent."
    return Ruling(reading.claim("ARI001", "change", Verdict.CONTRADICTED, reason, own, *places))


def _sum(reading: Reading, sentence: MarkedSentence, match: re.Match[str]) -> Ruling | None:
    one, two, total = (sentence.quantity_at(match.start(name)) for name in ("one", "two", "total"))
    if len({one.unit, two.unit, total.unit}) > 1:
        return None
    if sum(quantity.unit == total.unit for quantity in sentence.quantities.values()) > 3:
        return None  # another part may stand before
    base = sentence.passage.start
    own = reading.span(base + match.start(), base + match.end(), "claim")
    places = tuple(_place(reading, base, match, name, "part") for name in ("one", "two"))
    shown = f"{_shown(one)} and {_shown(two)} make {(one.value + two.value) / total.scale:,f}"
    if one.low + two.low <= total.high and total.low <= one.high + two.high:
        return Ruling(reading.claim("ARI001", "sum", Verdict.CONFIRMED, f"{shown}.", own, *places))
    hedged = any(quantity.approximate for quantity in (one, two, total))
    if hedged or abs(one.value + two.value - total.value) <= total.resolution:
        return None
    reason = f"{shown} in the same unit, not {_shown(total)}."
    return Ruling(reading.claim("ARI001", "sum", Verdict.CONTRADICTED, reason, own, *places))


def _place(reading: Reading, base: int, match: re.Match[str], name: str, label: str) -> FindingSpan:
    return reading.span(base + match.start(name), base + match.end(name), label)


def _shown(quantity: Quantity) -> str:
    return quantity.text or f"{quantity.value:,f}"


ARITHMETIC = Rule(
    "ARI001",
    "arithmetic-in-prose",
    Severity.ERROR,
    "Percentages of change, rises, falls and sums that a sentence spells out add up.",
    judge,
)
