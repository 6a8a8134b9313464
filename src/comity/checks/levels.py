"""LVL001: "reached US$ 45.2 million during 2016-17", "stuck around US$ 2 billion" held against the figures.

A printed figure stands for all values that round to it; a hedged one for a tenth either way at least. A claim that
names no year is confirmed when the latest figure bears it out and is otherwise left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from comity.checks import standing, times
from comity.checks.flows import Flow, FlowData, FlowPhrase
from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.checks.sentence import MONEY, STATE, MarkedSentence, interval
from comity.checks.trends import without_times
from comity.terms import FindingSpan, Observation, Quantity, Severity, Verdict

_HEDGE = r"(?P<hedge>around|about|roughly|approximately|some|close\s+to|near|nearly|almost|over|more\s+than|above|at\s+least|under|below|less\s+than|only|just|just\s+over|just\s+under)"
_VERB = (
    r"(?P<verb>reached|stood|stands|stayed|hit|was|were|is|are|amounted|amounts|totalled|totaled|hovered|hovering|stuck|remained|worth|valued|exceeded|surpassed"
    r"|climbed|rose|risen|fell|fallen|grew|grown|peaked|increased|decreased|declined|dropped|jumped|surged|plunged|soared|shrank|came)"
)
_LEVEL = re.compile(
    rf"\b{_VERB}(?:\s+(?:stable|flat|steady|stuck|down|up|worth|valued))?(?:\s+(?:at|to|around|about|by))?(?:\s+(?:a\s+)?(?:record|mere|total\s+of|value\s+of))?(?:\s+{_HEDGE})?\s+(?P<figure>{MONEY})"
)
_GAP = re.compile(
    r"(?:\s|,|(?:ha(?:ve|s|d)|been|was|were|is|are|also|both|all|just|still|then|now|again|since|which|that|remained|remains?|goods|[a-z]+ly)\b)*+"
)
# "Japan invested US$ 45.2 million", "Brazil exported goods worth US$ 14.3 billion to Argentina"
_ACT = re.compile(
    rf"(?P<owner>{STATE})\s+(?:(?:has|had|have|also|alone)\s+)*(?P<act>invested|exported|imported)\s+(?:goods\s+|merchandise\s+)?(?:worth\s+|of\s+|valued\s+at\s+)?(?:{_HEDGE}\s+)?(?P<figure>{MONEY})"
    rf"(?:\s+(?:worth\s+of\s+)?(?:goods|merchandise))?(?:\s+(?:to|in|into|from)\s+(?:the\s+)?(?P<other>{STATE})(?!['’]))?"
)
_ROUND = {"around", "about", "roughly", "approximately", "some", "close to", "near"}
_ABOVE = {"over", "more than", "above", "at least", "just over"}
_BELOW = {"under", "below", "less than", "just under"}
_NOT_A_LEVEL = re.compile(
    r"\b(?:not|never|no|would|could|may|might|should|will|expected|projected|target|goal|aims?|hope[sd]?|if|until)\b|n't\b"
)
_CUMULATIVE = re.compile(r"\b(?:cumulative(?:ly)?|stock|so\s+far|per\s+month|monthly|each|average|record\s+high)\b")
_BESIDE = re.compile(
    rf"\s+(?:worth|of)\s+(?:{_HEDGE}\s+)?(?P<figure>{MONEY})|,\s+at\s+(?:{_HEDGE.replace('hedge', 'near')}\s+)?(?P<at>{MONEY})"
)
# "grown from US$ 2 billion in 2012 to US$ 3.3 billion in 2016"
_FROM_TO = re.compile(
    rf"\b(?:rose|risen|grew|grown|increased|climbed|expanded|fell|fallen|declined|decreased|dropped|shrank|shrunk|jumped|surged|soared|plunged|plummeted|went\s+(?:up|down))\s+"
    rf"from\s+(?:{_HEDGE}\s+)?(?P<first>{MONEY})\s+(?P<begin>in\s+(?:19|20)\d\d(?:[-–]\d\d)?)\s+to\s+(?:{_HEDGE.replace('hedge', 'near')}\s+)?(?P<last>{MONEY})\s+(?P<finish>in\s+(?:19|20)\d\d(?:[-–]\d\d)?)"
)
_BY = re.compile(rf"\bby\s+(?:a\s+)?(?:{_HEDGE.replace('?P<hedge>', '?:')}\s+)?(?:an?\s+)?(?:[a-z]+\s+)?$")


@dataclass(frozen=True, slots=True)
class _Said:
    """A level as read: a figure said of a flow, at offsets of the passage."""

    flow: Flow
    inferred: bool
    quantity: Quantity
    figure: int
    manner: str  # "", "around", "nearly", "above", "below"
    start: int
    end: int
    span: times.TimeSpan | None
    partial: bool  # may be a part of the flow or of the year: can be borne out, not contradicted


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each level that the prose gives a flow between states."""
    if not reading.flows.pairs:
        return
    for passage in reading.prose:
        if not any(character.isdigit() for character in passage.text):
            continue
        sentence = reading.marked(passage)
        if not sentence.quantities:
            continue
        seen: set[int] = set()
        for said in (*_acts(reading, sentence), *_levels(reading, sentence)):
            if said.figure not in seen:
                seen.add(said.figure)
                yield _ruled(reading, passage.start, said)


def _levels(reading: Reading, sentence: MarkedSentence) -> Iterator[_Said]:
    plain = sentence.plain
    spans = tuple(times.spans_in(plain))
    phrases = list(reading.flows.phrases(sentence))
    part = times.within_year(plain) or _CUMULATIVE.search(plain) is not None
    for index, phrase in enumerate(phrases):
        limit = phrases[index + 1].start if index + 1 < len(phrases) else len(plain)
        for start, figure, manner, loose in _figures(plain, phrase, limit, spans):
            if _NOT_A_LEVEL.search(plain, phrase.start, figure) or standing.denied(plain[: phrase.start]):
                continue
            end = plain.index("⟧", figure) + 1
            span = _time_of(spans, start, end, plain)
            doubtful = loose or part or standing.doubtful(plain)
            if span is not None and span.until and plain.startswith("by", span.start):
                # "had dropped to 598 by 2017" may have come earlier
                span, doubtful = replace(span, first=span.last, until=False, single=True), True
            quantity = sentence.quantity_at(figure)
            yield _Said(phrase.flow, phrase.inferred, quantity, figure, manner, start, end, span, doubtful)


def _figures(
    plain: str, phrase: FlowPhrase, limit: int, spans: Sequence[times.TimeSpan]
) -> Iterator[tuple[int, int, str, bool]]:
    """Yield where each level said of the flow starts, where its figure stands, its manner, and whether it may be a part."""
    for match in _FROM_TO.finditer(plain, phrase.end, limit):
        if _GAP.fullmatch(without_times(plain, phrase.end, match.start(), spans)):
            yield phrase.start, match.start("first"), _manner("", "", match["hedge"]), False
            yield match.start("last"), match.start("last"), _manner("", "", match["near"]), False
    for match in _LEVEL.finditer(plain, phrase.end, limit):
        between = plain[phrase.end : match.start("figure")]
        gap = without_times(plain, phrase.end, match.start("verb"), spans)
        if _GAP.fullmatch(gap) and not _BY.search(between):  # "rose by US$ 2 billion" is a difference
            words = plain[match.start() : match.start("figure")]
            loose = match["verb"] == "worth" and not re.search(r"\b(?:was|were|is|are|been)\b", between)
            yield phrase.start, match.start("figure"), _manner(match["verb"], words, match["hedge"]), loose
    beside = _BESIDE.match(plain, phrase.end, limit)
    if beside is not None:
        group, hedge = ("figure", "hedge") if beside["figure"] is not None else ("at", "near")
        yield phrase.start, beside.start(group), _manner("", "", beside[hedge]), True


def _manner(verb: str, between: str, hedge: str | None) -> str:
    words = " ".join((hedge or "").split())
    if verb in ("exceeded", "surpassed") or words in _ABOVE:
        return "above"
    if words in _BELOW:
        return "below"
    if words in ("nearly", "almost"):
        return "nearly"
    if words in _ROUND or verb in ("hovered", "hovering") or re.search(r"\b(?:around|about)\b", between):
        return "around"
    return ""


def _acts(reading: Reading, sentence: MarkedSentence) -> Iterator[_Said]:
    plain = sentence.plain
    spans = tuple(times.spans_in(plain))
    for match in _ACT.finditer(plain):
        owner = sentence.state_at(match.start("owner")).code
        named = match["other"] is not None
        other = sentence.state_at(match.start("other")).code if named else reading.flows.partner(owner)
        if other is None or other == owner:
            continue
        kind = "investment" if match["act"] == "invested" else "goods"
        flow = Flow.of(kind, other, owner) if match["act"] == "imported" else Flow.of(kind, owner, other)
        figure = match.start("figure")
        manner = _manner("", "", match["hedge"])
        yield _Said(
            flow,
            not named,
            sentence.quantity_at(figure),
            figure,
            manner,
            match.start(),
            match.end(),
            _time_of(spans, match.start(), match.end(), plain),
            times.within_year(plain) or not _closed(plain, match.end(), spans) or standing.doubtful(plain),
        )


def _closed(plain: str, end: int, spans: Sequence[times.TimeSpan]) -> bool:
    """Whether nothing but a time follows: "invested US$ 20 million in a port" is not all that was invested."""
    rest = without_times(plain, end, len(plain), spans)
    return re.match(r"\s*(?:$|[.,;:)]|(?:and|which|while|whereas|but|up|down|compared|against)\b)", rest) is not None


def _time_of(spans: Sequence[times.TimeSpan], start: int, end: int, plain: str) -> times.TimeSpan | None:
    """Return the time that stands right after the figure, within the claim, or alone in the sentence."""
    after = [
        span
        for span in spans
        if span.start >= end and not re.search(r"[;]|⟦|,\s+(?:up|down|from)\b", plain[end : span.start])
    ]
    if after and times.compared(plain, after[0], end):
        after = []  # "US$ 640 million, more than in 2016": what is compared with is not the figure's own year
    if after and after[0].start - end < 60:
        return after[0]
    inside = [span for span in spans if start <= span.start and span.end <= end]
    if inside:
        # A year with a figure of its own before it ("stood at 760 in 2013, had dropped to 598") is that figure's.
        alone = plain.count("⟦", start, end) == 1 and not times.compared(plain, inside[-1], start)
        return inside[-1] if alone else None
    leading = [span for span in spans if span.end <= start]
    if len(leading) == 1 and "⟦" not in plain[:start] and not times.compared(plain, leading[0], 0):
        return leading[0]
    return None


def _ruled(reading: Reading, base: int, said: _Said) -> Ruling:
    own = reading.span(base + said.start, base + said.end, "claim")
    data = [each for each in reading.flows.yearly(said.flow) if each.series.unit == said.quantity.unit]
    if not data:
        return _open(reading, own, "No table or record holds yearly figures for this in that unit.")
    # A series without a figure for that time says nothing, and takes nothing from what another says.
    rulings = [ruling for each in data if (ruling := _held(reading, own, said, each)) is not None]
    if not rulings:
        return _open(reading, own, "There are no figures for the time that is spoken of.")
    order = (Verdict.CONFIRMED, Verdict.NOT_CHECKABLE, Verdict.CONTRADICTED)
    return min(rulings, key=lambda ruling: order.index(ruling.claim.verdict))


def _held(reading: Reading, own: FindingSpan, said: _Said, data: FlowData) -> Ruling | None:
    """Hold the level against one series; None where it has no figure for that time."""
    if said.span is None:
        latest = data.observations[-1]
        if _fits(said, latest) is True:
            reason = f"The latest figure, {_printed(latest)}, bears this out."
            return Ruling(
                reading.claim("LVL001", "level", Verdict.CONFIRMED, reason, own, reading.span_of_observation(latest))
            )
        return _open(reading, own, "The claim names no year.")
    observations = times.within(said.span, data.observations, reading.document.published)
    if not observations:
        return None
    if len(observations) > 1 and said.manner == "" and said.quantity.approximate is False:
        # "US$ 2 billion in 2012-2016" may be the last, the mean or the sum of these years.
        alike = all(_fits(said, each) for each in observations)
        if not alike:
            return _open(reading, own, "One figure is given for several years.")
    fits = [_fits(said, each) for each in observations]
    places = [reading.span_of_observation(each) for each in observations]
    shown = ", ".join(_printed(each) for each in observations[:6])
    if all(fits):
        reason = f"The figures bear this out: {shown}."
        return Ruling(reading.claim("LVL001", "level", Verdict.CONFIRMED, reason, own, *places))
    if all(fit is False for fit in fits) and said.span.plain and not said.inferred and not said.partial:
        reason = f'"{said.quantity.text or said.quantity.number}" does not agree with the figures: {shown}.'
        severity = Severity.ERROR if (data.own and said.span.single) or said.span.fiscal else Severity.WARNING
        return Ruling(reading.claim("LVL001", "level", Verdict.CONTRADICTED, reason, own, *places), severity)
    return _open(reading, own, f"The figures do not decide this: {shown}.")


def _fits(said: _Said, observation: Observation) -> bool | None:
    """Return whether the figure bears the claim out; None where it is too near to say that it does not."""
    printed, claimed = observation.quantity, said.quantity
    low, high = interval(claimed, widen=said.manner == "around")
    margin = abs(claimed.value) / 20
    if said.manner == "above":
        return True if printed.high >= claimed.value else None if printed.high >= claimed.value - margin else False
    if said.manner == "below":
        return True if printed.low <= claimed.value else None if printed.low <= claimed.value + margin else False
    if said.manner == "nearly":
        low, high = claimed.value * 9 / 10, claimed.value + claimed.resolution / 2
    # Ranges that touch at one point share no figure: 1,961 is not 1,960 although 1,960.5 rounds to either.
    if printed.low < high and low < printed.high:
        return True
    slack = claimed.resolution  # a figure cut off instead of rounded, or rounded twice
    return None if low - slack <= printed.high and printed.low <= high + slack else False


def _open(reading: Reading, own: FindingSpan, reason: str) -> Ruling:
    return Ruling(reading.claim("LVL001", "level", Verdict.NOT_CHECKABLE, reason, own))


def _printed(observation: Observation) -> str:
    return f"{observation.quantity.text or observation.quantity.number} in {observation.period.label}"


LEVEL = Rule(
    "LVL001",
    "level-against-figures",
    Severity.ERROR,
    "An amount that the text gives for a year or a span of years is what the figures show.",
    judge,
)
