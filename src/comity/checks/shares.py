"""SHR001: "comprised 1.8 per cent of total FDI" held against part and whole, where both are known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from comity.checks import times
from comity.checks.printed_shares import PrintedShare, printed_share
from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.checks.sentence import FRACTION, FRACTIONS, MONEY, PERCENT, MarkedSentence
from comity.terms import FindingSpan, Observation, Quantity, Severity, Verdict

_VERB = r"(?:comprised|comprises|comprising|constituted|constitutes|constituting|represented|represents|representing|accounted\s+for|accounts\s+for|accounting\s+for|made\s+up|makes\s+up|making\s+up|formed|was|were|is|are|equalled|or|a\s+share\s+of|equal\s+to|equivalent\s+to)"
_SHARE = re.compile(
    rf"\b{_VERB}\s+(?:(?P<hedge>about|around|roughly|approximately|nearly|almost|some|over|more\s+than|less\s+than|only|just)\s+)?"
    rf"(?:(?P<percent>{PERCENT})|(?P<fraction>\b(?:{FRACTION})\b))\s+of\s+(?P<whole>[^.;]{{1,120}})"
)
_PART = re.compile(rf"(?P<part>{MONEY})[^.;⟦]{{0,90}}$")
_WHOLE = re.compile(rf"^(?:[^.;⟦,]{{0,60}}?(?:\bof|\bat|\()\s*)?(?P<whole>{MONEY})")
_TRADE = re.compile(r"^(?:the\s+|their\s+|its\s+)?(?:total\s+|overall\s+|bilateral\s+|two-way\s+)+trade\b")


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each share that the prose states with its whole."""
    for passage in reading.prose:
        if " of " not in passage.text:
            continue
        if "cent" not in passage.text and "%" not in passage.text and not re.search(FRACTION, passage.text.lower()):
            continue
        sentence = reading.marked(passage)
        for match in _SHARE.finditer(sentence.plain):
            yield from _ruled(reading, sentence, match)


def _ruled(reading: Reading, sentence: MarkedSentence, match: re.Match[str]) -> Iterator[Ruling]:
    plain, base = sentence.plain, sentence.passage.start
    end = match.end("percent") if match["percent"] is not None else match.end("fraction")
    part = _PART.search(plain, max(0, match.start() - 200), match.start())
    whole = _WHOLE.match(match["whole"])
    if part is not None and whole is not None:
        first = sentence.quantity_at(part.start("part"))
        second = sentence.quantity_at(match.start("whole") + whole.start("whole"))
        own = reading.span(base + part.start("part"), base + end, "claim")
        place = match.start("whole") + whole.start("whole")
        held = (reading.span(base + place, base + match.start("whole") + whole.end("whole"), "the whole"),)
        if first.unit == second.unit and second.low > 0:
            yield _judged(reading, sentence, match, own, (first, second), held)
            return
    trade = _TRADE.match(match["whole"])
    phrases = [phrase for phrase in reading.flows.phrases(sentence) if phrase.end <= match.start()]
    if trade is not None and phrases and phrases[-1].flow.kind == "goods" and not phrases[-1].inferred:
        pair = _figures(reading, sentence, phrases[-1].flow.origin, phrases[-1].flow.target)
        own = reading.span(base + phrases[-1].start, base + end, "claim")
        if pair is not None:
            places = tuple(reading.span_of_observation(each) for each in pair)
            yield _judged(reading, sentence, match, own, (pair[0].quantity, pair[1].quantity), places)
            return
    printed = printed_share(reading, sentence, match.start(), match.start("whole"), match.end("whole"))
    if printed is not None:
        yield _of_table(reading, sentence, match, reading.span(base, base + end, "claim"), printed)
        return
    if match["percent"] is None:
        return  # "half of the cabinet" is no claim about figures
    own = reading.span(base + match.start(), base + end, "claim")
    reason = "The share needs its part and its whole, and the document does not give both."
    yield Ruling(reading.claim("SHR001", "share", Verdict.NOT_CHECKABLE, reason, own))


def _of_table(
    reading: Reading, sentence: MarkedSentence, match: re.Match[str], own: FindingSpan, printed: PrintedShare
) -> Ruling:
    """Hold the share against the row and the total; it is wrong only where it is no share of the rows' sum either."""
    part, whole = printed.part, printed.whole
    places = tuple(
        reading.span(one.cell.start, one.cell.end, label) for one, label in ((part, "the part"), (whole, "the whole"))
    )
    ruling = _judged(reading, sentence, match, own, (part.quantity, whole.quantity), places)
    if ruling.claim.verdict is not Verdict.CONTRADICTED or printed.listed is None:
        return ruling
    other = _judged(reading, sentence, match, own, (part.quantity, printed.listed), places)
    if other.claim.verdict is Verdict.CONTRADICTED:
        return ruling
    reason = "It is a share of what the rows come to, but not of the total that the table prints."
    return Ruling(reading.claim("SHR001", "share", Verdict.NOT_CHECKABLE, reason, own))


def _figures(
    reading: Reading, sentence: MarkedSentence, origin: str, target: str
) -> tuple[Observation, Observation] | None:
    """Return the part and the whole of one year from one document, or None."""
    from comity.checks.flows import Flow

    spans = [span for span in times.spans_in(sentence.plain) if span.single or span.fiscal]
    if len(spans) != 1:
        return None
    found: list[Observation] = []
    for flow in (Flow.of("goods", origin, target), Flow.of("trade", origin, target)):
        series = reading.flows.yearly(flow)
        inside = [times.within(spans[0], each.observations, reading.document.published) for each in series]
        answers = [each for each in inside if each]
        if len(answers) != 1 or len(answers[0]) != 1:
            return None
        found.append(answers[0][0])
    part, whole = found
    if part.provenance.document_id != whole.provenance.document_id or part.quantity.unit != whole.quantity.unit:
        return None
    return (part, whole) if whole.quantity.low > 0 else None


def _judged(
    reading: Reading,
    sentence: MarkedSentence,
    match: re.Match[str],
    own: FindingSpan,
    figures: tuple[Quantity, Quantity],
    places: tuple[FindingSpan, ...],
) -> Ruling:
    part, whole = figures
    least, most = part.low / whole.high * 100, part.high / whole.low * 100
    hedge = " ".join((match["hedge"] or "").split())
    if match["percent"] is not None:
        share = sentence.quantity_at(match.start("percent"))
        claimed, half, hedged = share.number, share.resolution / 2, bool(hedge) or share.approximate
    else:
        fraction = FRACTIONS[" ".join(match["fraction"].split())]
        claimed = Decimal(fraction.numerator) * 100 / Decimal(fraction.denominator)
        half, hedged = Decimal(2), True
    if hedged and hedge not in ("only", "just"):
        half = max(half, claimed / 10)
    low, high = claimed - half, claimed + half
    shown = f"{part.value / whole.value * 100:.1f} per cent"
    if hedge in ("over", "more than"):
        holds, far = most >= claimed, most < claimed * 95 / 100
    elif hedge == "less than":
        holds, far = least <= claimed, least > claimed * 105 / 100
    else:
        holds = least <= high and low <= most
        far = not (least <= high + half and low - half <= most)
    if holds:
        reason = f"The figures give {shown}."
        return Ruling(reading.claim("SHR001", "share", Verdict.CONFIRMED, reason, own, *places))
    if far:
        reason = f"The figures give {shown}, not {claimed.normalize():f} per cent."
        return Ruling(reading.claim("SHR001", "share", Verdict.CONTRADICTED, reason, own, *places))
    reason = f"The figures give {shown}, which is near."
    return Ruling(reading.claim("SHR001", "share", Verdict.NOT_CHECKABLE, reason, own))


SHARE = Rule(
    "SHR001",
    "share-of-whole",
    Severity.ERROR,
    "A share that the text states is its part divided by its whole.",
    judge,
)
