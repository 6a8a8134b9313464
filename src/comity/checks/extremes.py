"""EXT001: "peaked in 2016", "a record high in 2019", "the highest since 2014", "for the first time" held against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.checks import standing, times
from comity.checks.flows import FlowData, FlowPhrase
from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.checks.sentence import MONEY, MarkedSentence
from comity.checks.trends import without_times
from comity.terms import Observation, Quantity, Severity, Verdict

_GAP = re.compile(
    r"(?:\s|,|(?:ha(?:ve|s|d)|been|was|were|is|are|also|both|all|just|then|now|again|which|that|stood|[a-z]+ly)\b)*+"
)
_NOUN = r"(?:\s+(?:level|figure|value|point|total|volume|amount|mark|annual|yearly|ever|recorded))*"
_HIGH = rf"peak|record\s+high|record\s+level|record|all-time\s+high|highest{_NOUN}|high(?!\s+(?!in\b|of\b|at\b)[a-z])"
_LOW = rf"trough|record\s+low|all-time\s+low|lowest{_NOUN}|low(?!\s+(?!in\b|of\b|at\b)[a-z])"
_REACHED = r"(?:reached|hit|touched|attained|posted|recorded|set|saw|were\s+at|was\s+at|stood\s+at|fell\s+to|rose\s+to|climbed\s+to|dropped\s+to|at)"
# "peaked", "reached a record high", "were at their lowest", "bottomed out"
_TURN = re.compile(
    rf"\b(?:(?P<peaked>peaked)|(?:reached|hit|(?:rose|climbed|grew|jumped|soared|surged)\s+to)\s+an?\s+(?:new\s+)?record\s+(?:high\s+)?(?:of\s+)?{MONEY}|(?P<bottomed>bottomed\s+out)|{_REACHED}\s+(?:an?|the|its|their)\s+(?:new\s+)?(?:(?P<high>{_HIGH})|(?P<low>{_LOW})))(?!\w)"
)
# A record or a new high is held against earlier years only.
_RECORD = re.compile(r"\b(?:record|all-time|new|an?\s+(?:high|low))\b")
# "reached 3.7 billion in 2013, the highest figure of the period"
_BESIDE = re.compile(
    rf"\b(?:reached|hit|was|were|stood\s+at|amounted\s+to|came\s+to|totall?ed|rose\s+to|fell\s+to|climbed\s+to|dropped\s+to|of|at)\s+(?:[a-z]+\s+){{0,2}}{MONEY}(?P<when>[^.;⟦⟪]{{0,40}}?),\s+(?:the|its|their)\s+"
    rf"(?:(?P<high>highest)|(?P<low>lowest)){_NOUN}\s+(?:(?P<since>since)\s+(?P<year>(?:19|20)\d\d)\b(?!\s?[-–/]\s?\d)|on\s+record|of\s+(?:the|this)\s+(?:whole\s+)?period|in\s+(?:the|this)\s+(?:whole\s+)?(?:period|table|series)|ever)"
)
# "exceeded US$ 1 billion for the first time in 2017"
_FIRST = re.compile(
    rf"\b(?:exceeded|surpassed|passed|crossed|topped|(?:rose|grew|climbed|increased)\s+(?:above|beyond|to\s+(?:more\s+than|over)))\s+(?:the\s+)?(?:mark\s+of\s+)?(?P<figure>{MONEY})(?:\s+(?:mark|threshold|level))?(?P<when>[^.;⟦⟪]{{0,40}}?)\bfor\s+the\s+first\s+time\b(?!\s+(?:since|in\s+(?!(?:19|20)\d\d)))"
)
_NOT_SAID = re.compile(
    r"\b(?:not|never|no|nor|neither|will|would|could|may|might|should|shall|expected|projected|forecast|likely|hope[sd]?|aims?|plans?|if|unless|almost|nearly|close\s+to|near|second|third|one\s+of|among)\b|n't\b"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """An extreme as read: of which flow, in which time, over which years it is said to hold."""

    phrase: FlowPhrase
    high: bool
    turn: bool  # "peaked": against later years too; "record": against earlier ones only
    since: int | None
    span: times.TimeSpan
    start: int
    end: int
    threshold: Quantity | None = None


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each highest, lowest and first that the prose gives a flow between states."""
    if not reading.flows.pairs:
        return
    for passage in reading.prose:
        if not any(character.isdigit() for character in passage.text):
            continue
        sentence = reading.marked(passage)
        if standing.other_measure(sentence.plain) or times.within_year(sentence.plain):
            continue
        phrases = tuple(reading.flows.phrases(sentence))
        for said in _claims(sentence, phrases):
            data = [each for each in reading.flows.yearly(said.phrase.flow) if _same_unit(said, each)]
            if data:
                yield _ruled(reading, sentence, said, data)


def _claims(sentence: MarkedSentence, phrases: tuple[FlowPhrase, ...]) -> Iterator[_Said]:
    plain = sentence.plain
    spans = tuple(times.spans_in(plain))
    for index, phrase in enumerate(phrases):
        limit = phrases[index + 1].start if index + 1 < len(phrases) else len(plain)
        for match in (
            *_TURN.finditer(plain, phrase.end, limit),
            *_BESIDE.finditer(plain, phrase.end, limit),
            *_FIRST.finditer(plain, phrase.end, limit),
        ):
            if not _GAP.fullmatch(without_times(plain, phrase.end, match.start(), spans)):
                continue
            if _NOT_SAID.search(plain, 0, match.end()) or standing.denied(plain[: phrase.start]):
                continue
            span = _time_of(plain, spans, phrase, match, limit)
            if span is None:
                continue
            groups = match.groupdict()
            threshold = sentence.quantity_at(match.start("figure")) if groups.get("figure") else None
            turn = match.re is _TURN and not _RECORD.search(match.group())
            since = int(groups["year"]) if groups.get("year") else None
            high = not (groups.get("low") or groups.get("bottomed"))
            yield _Said(phrase, high, turn, since, span, phrase.start, match.end(), threshold)


def _time_of(
    plain: str, spans: Sequence[times.TimeSpan], phrase: FlowPhrase, match: re.Match[str], limit: int
) -> times.TimeSpan | None:
    """Return the one year of the claim: within it, right after it, or at the head of the sentence."""
    usable = [span for span in spans if span.single or (span.fiscal and not span.each)]
    if match.re is _BESIDE:
        inside = [span for span in usable if match.start("when") <= span.start and span.end <= match.end("when")]
    elif match.re is _FIRST:
        inside = [span for span in usable if match.start("when") <= span.start and span.end <= match.end("when") + 1]
    else:
        inside = []
    if inside:
        return inside[0]
    if match.re is not _BESIDE:
        after = [span for span in spans if match.end() <= span.start < limit]
        if after and re.fullmatch(
            rf"[\s,]*(?:(?:at|of)\s+(?:[a-z]+\s+){{0,2}}{MONEY})?[\s,]*", plain[match.end() : after[0].start]
        ):
            return after[0] if after[0] in usable else None
    leading = [span for span in spans if span.end <= phrase.start]
    between = [span for span in usable if phrase.end <= span.start and span.end <= match.start()]
    if between:
        return between[0]
    return leading[0] if len(leading) == 1 and leading[0].start <= 1 and leading[0] in usable else None


def _same_unit(said: _Said, data: FlowData) -> bool:
    return said.threshold is None or said.threshold.unit == data.series.unit


def _ruled(reading: Reading, sentence: MarkedSentence, said: _Said, data: Sequence[FlowData]) -> Ruling:
    base = sentence.passage.start
    own = reading.span(base + said.start, base + said.end, "claim")
    found = [opinion for each in data if (opinion := _opinion(reading, said, each)) is not None]
    if not found:
        reason = "There are too few figures, or none, for the time that is spoken of."
        return Ruling(reading.claim("EXT001", "extreme", Verdict.NOT_CHECKABLE, reason, own))
    order = (Verdict.CONFIRMED, Verdict.NOT_CHECKABLE, Verdict.CONTRADICTED)
    verdict, reason, severity, observations = min(found, key=lambda each: order.index(each[0]))
    weak = said.phrase.inferred or standing.other_voice(sentence.plain)
    if verdict is Verdict.CONTRADICTED and weak:
        verdict, reason = Verdict.NOT_CHECKABLE, "The claim does not say plainly of which figures it speaks."
    if verdict is Verdict.NOT_CHECKABLE:
        return Ruling(reading.claim("EXT001", "extreme", verdict, reason, own))
    places = [reading.span_of_observation(each) for each in observations]
    return Ruling(reading.claim("EXT001", "extreme", verdict, reason, own, *places), severity)


def _opinion(
    reading: Reading, said: _Said, data: FlowData
) -> tuple[Verdict, str, Severity | None, tuple[Observation, ...]] | None:
    """Hold the extreme against one series; None where it lacks the figure of that time or others beside it."""
    here = times.within(said.span, data.observations, reading.document.published)
    if len(here) != 1:
        return None
    own = here[0]
    year = times.years_of(own)[0]
    others = [each for each in data.observations if each is not own]
    if not said.turn:
        others = [each for each in others if times.years_of(each)[0] < year]
    if said.since is not None:
        others = [each for each in others if times.years_of(each)[0] > said.since]
    if len(others) < (1 if said.threshold is not None else 2):
        return None
    if said.threshold is not None:
        return _first(said.threshold, own, others)
    beyond = [each for each in others if _beats(each, own, said.high)]
    words = "higher" if said.high else "lower"
    if not beyond:
        if any(_beats(own, each, said.high) is False for each in others):
            return Verdict.NOT_CHECKABLE, "Another year's figure is the same.", None, ()
        reason = f"{_shown(own)} is the {words[:-2]}est of the figures that are spoken of."
        return Verdict.CONFIRMED, reason, None, (own, *others)
    neighbours = [each for each in beyond if abs(times.years_of(each)[0] - year) == 1]
    chosen = (neighbours or beyond)[-1]
    severity = Severity.ERROR if data.own and (neighbours or not said.turn) else Severity.WARNING
    reason = f"{_shown(chosen)} is {words} than {_shown(own)}."
    return Verdict.CONTRADICTED, reason, severity, (own, chosen)


def _first(
    threshold: Quantity, own: Observation, earlier: Sequence[Observation]
) -> tuple[Verdict, str, Severity | None, tuple[Observation, ...]]:
    before = [each for each in earlier if each.quantity.low > threshold.value]
    if before:
        reason = f"{_shown(before[0])} was above that already."
        return Verdict.CONTRADICTED, reason, Severity.ERROR, (before[0], own)
    if own.quantity.high < threshold.low:
        return Verdict.NOT_CHECKABLE, f"{_shown(own)} is not above that.", None, ()
    if all(each.quantity.high < threshold.value for each in earlier) and own.quantity.high >= threshold.value:
        return Verdict.CONFIRMED, f"{_shown(own)} is the first figure above that.", None, (own, *earlier)
    return Verdict.NOT_CHECKABLE, "A figure before it is too near to tell.", None, ()


def _beats(one: Observation, other: Observation, high: bool) -> bool:
    """Whether one figure lies beyond the other, by more than their printed digits leave open."""
    if high:
        return one.quantity.low > other.quantity.high
    return one.quantity.high < other.quantity.low


def _shown(observation: Observation) -> str:
    return f"{observation.quantity.text or observation.quantity.number} in {observation.period.label}"


EXTREME = Rule(
    "EXT001",
    "extreme-against-figures",
    Severity.ERROR,
    "A peak, a low, a record or a first that the text asserts is what the figures show.",
    judge,
)
