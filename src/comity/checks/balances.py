"""BAL001: "a surplus of EUR 930 million", "the deficit shrank to US$ 13.8 billion" held against exports less imports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.checks import standing, times
from comity.checks.flows import Flow
from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.checks.sentence import MONEY, STATE, MarkedSentence
from comity.terms import FindingSpan, Observation, Quantity, Severity, Verdict

_HEDGE = r"(?:(?P<hedge>about|around|roughly|approximately|some|nearly|almost|over|more\s+than|less\s+than|just|only|a\s+mere|a\s+record)\s+)?"
_KIND = r"(?:(?:bilateral|merchandise|goods|growing|large|small|slight|modest|record|annual|yearly)\s+)*(?:trade\s+)?(?:(?P<surplus>surplus)|(?P<deficit>deficit))"
_WITH = rf"(?:\s+(?:with|towards?|vis-à-vis|against)\s+(?:(?:the\s+)?(?P<other>{STATE})(?!['’])|(?P<near>(?:its|her|his|the|their)\s+(?:[a-z-]+\s+)?(?:neighbou?r|partner))))?"
_IN_TRADE = rf"(?:\s+in\s+(?:its\s+|their\s+)?(?:bilateral\s+|merchandise\s+|goods\s+)*trade\b{_WITH.replace('other', 'over').replace('near', 'close')})?"
# "Greece recorded a trade surplus of 930 million with its neighbour"
_HELD = re.compile(
    rf"(?P<owner>{STATE})\s+(?:(?:has|had|have|again|also|thus|now|still)\s+)*(?:recorded|ran|run|posted|registered|had|has|shows?|showed|enjoyed|achieved|incurred|suffered|reported)\s+(?:an?|its|the)\s+{_KIND}{_WITH}{_IN_TRADE}\s+of\s+{_HEDGE}(?P<figure>{MONEY}){_WITH.replace('other', 'after').replace('near', 'beside')}"
)
# "Kenya's trade deficit with Uganda was 268 million", "India's deficit shrank to 13.8 billion"
_WAS = re.compile(
    rf"(?P<owner>{STATE})(?:['’]s?)?\s+{_KIND}{_WITH}(?:\s+in\s+(?:its\s+)?(?:goods|merchandise|bilateral)\s+trade)?(?P<time>[^.;⟦⟪]{{0,30}}?)\s+(?:was|were|is|stood\s+at|reached|amounted\s+to|totall?ed|came\s+to|hit"
    rf"|(?:widened|narrowed|shrank|fell|rose|grew|declined|increased|dropped|climbed|decreased|swelled|jumped|soared)\s+to)\s+{_HEDGE}(?P<figure>{MONEY})"
)
_NOT_SAID = re.compile(
    r"\b(?:not|never|no|will|would|could|may|might|should|expected|projected|forecast|target|if|unless|services?|current\s+account|budget|fiscal\s+deficit|cumulative(?:ly)?|average|each|oil|energy|agricultural|food|monthly)\b|n't\b"
)
_ROUND = frozenset({"about", "around", "roughly", "approximately", "some", "nearly", "almost"})


@dataclass(frozen=True, slots=True)
class _Said:
    """A balance as read: whose, with whom, which way, how much, when."""

    owner: str
    other: str
    named: bool
    surplus: bool
    quantity: Quantity
    hedge: str
    start: int
    end: int
    span: times.TimeSpan


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each surplus or deficit in trade between two states that the prose puts in money."""
    if not reading.flows.pairs:
        return
    for passage in reading.prose:
        lower = passage.text.lower()
        if "surplus" not in lower and "deficit" not in lower:
            continue
        sentence = reading.marked(passage)
        if (
            standing.other_measure(sentence.plain)
            or times.within_year(sentence.plain)
            or _NOT_SAID.search(sentence.plain)
        ):
            continue
        for said in _claims(reading, sentence):
            yield from _ruled(reading, sentence, said)


def _claims(reading: Reading, sentence: MarkedSentence) -> Iterator[_Said]:
    plain = sentence.plain
    spans = tuple(span for span in times.spans_in(plain))
    for match in (*_HELD.finditer(plain), *_WAS.finditer(plain)):
        groups = match.groupdict()
        owner = sentence.state_at(match.start("owner")).code
        places = [match.start(name) for name in ("other", "over", "after") if groups.get(name)]
        near = any(groups.get(name) for name in ("near", "close", "beside"))
        other = sentence.state_at(places[0]).code if places else reading.flows.partner(owner)
        span = _time_of(plain, spans, match)
        if other is None or other == owner or span is None:
            continue
        yield _Said(
            owner,
            other,
            bool(places) or near,
            groups.get("surplus") is not None,
            sentence.quantity_at(match.start("figure")),
            " ".join((groups.get("hedge") or "").split()),
            match.start(),
            match.end(),
            span,
        )


def _time_of(plain: str, spans: Sequence[times.TimeSpan], match: re.Match[str]) -> times.TimeSpan | None:
    """Return the one year right after the figure, within the claim, or at the head of the sentence."""
    single = [span for span in spans if span.single or (span.fiscal and not span.each)]
    after = [span for span in spans if span.start >= match.end()]
    if after and re.fullmatch(r"[\s,]*", plain[match.end() : after[0].start]):
        return after[0] if after[0] in single else None
    inside = [span for span in spans if match.start() <= span.start and span.end <= match.end()]
    if inside:
        return inside[0] if len(inside) == 1 and inside[0] in single else None
    leading = [span for span in spans if span.end <= match.start()]
    return leading[0] if len(leading) == 1 and leading[0].start <= 1 and leading[0] in single else None


def _ruled(reading: Reading, sentence: MarkedSentence, said: _Said) -> Iterator[Ruling]:
    base = sentence.passage.start
    own = reading.span(base + said.start, base + said.end, "claim")
    found = list(_pairs(reading, said))
    if not found:
        reason = "No table or record gives both directions of that year by one state's account in that unit."
        yield Ruling(reading.claim("BAL001", "balance", Verdict.NOT_CHECKABLE, reason, own))
        return
    rulings = [_held(reading, sentence, own, said, each) for each in found]
    order = (Verdict.CONFIRMED, Verdict.NOT_CHECKABLE, Verdict.CONTRADICTED)
    yield min(rulings, key=lambda ruling: order.index(ruling.claim.verdict))


def _pairs(reading: Reading, said: _Said) -> Iterator[tuple[Observation, Observation]]:
    """Yield what the owner sent and what it received in that year, both from one account of one document."""
    sent = reading.flows.yearly(Flow.of("goods", said.owner, said.other))
    received = reading.flows.yearly(Flow.of("goods", said.other, said.owner))
    published = reading.document.published
    for out in sent:
        for back in received:
            same = (
                out.series.reporter == back.series.reporter
                and out.series.unit == back.series.unit == said.quantity.unit
            )
            if not same:
                continue
            first = times.within(said.span, out.observations, published)
            second = times.within(said.span, back.observations, published)
            if len(first) == len(second) == 1 and first[0].provenance.document_id == second[0].provenance.document_id:
                yield first[0], second[0]


def _held(
    reading: Reading, sentence: MarkedSentence, own: FindingSpan, said: _Said, pair: tuple[Observation, Observation]
) -> Ruling:
    sent, received = (each.quantity for each in pair)
    sign = 1 if said.surplus else -1
    low, high = sorted(((sent.low - received.high) * sign, (sent.high - received.low) * sign))
    balance = (sent.value - received.value) * sign
    claimed = said.quantity
    half = claimed.resolution / 2
    if claimed.approximate or said.hedge in _ROUND:
        half = max(half, claimed.value / 10)
    least, most = claimed.value - half, claimed.value + half
    if said.hedge in ("over", "more than"):
        most = max(most, claimed.value * 5 / 4)
    if said.hedge == "less than":
        least = min(least, claimed.value * 3 / 4)
    kind = ("surplus" if said.surplus else "deficit", "deficit" if said.surplus else "surplus")
    shown = f"{sent.text or sent.number} less {received.text or received.number} in {pair[0].period.label}"
    places = [reading.span_of_observation(each) for each in pair]
    if low <= most and least <= high:
        reason = f"{shown} is a {kind[0]} of that size."
        return Ruling(reading.claim("BAL001", "balance", Verdict.CONFIRMED, reason, own, *places))
    slack = max(claimed.resolution, claimed.value / 20)
    plain = said.named and not standing.other_voice(sentence.plain)
    if plain and high < 0:
        reason = f"{shown} is a {kind[1]}, not a {kind[0]}."
        return Ruling(reading.claim("BAL001", "balance", Verdict.CONTRADICTED, reason, own, *places), Severity.ERROR)
    if plain and (high < least - slack or low > most + slack):
        reason = f"{shown} is a {kind[0]} of {balance / sent.scale:,f} in the figures' unit."
        return Ruling(reading.claim("BAL001", "balance", Verdict.CONTRADICTED, reason, own, *places), Severity.ERROR)
    reason = f"The figures do not decide this: {shown}."
    return Ruling(reading.claim("BAL001", "balance", Verdict.NOT_CHECKABLE, reason, own))


BALANCE = Rule(
    "BAL001",
    "balance-against-figures",
    Severity.ERROR,
    "A surplus or deficit in trade that the text puts in money is exports less imports.",
    judge,
)
