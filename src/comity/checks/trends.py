"""TRD001: "rose", "plummeted", "remained stable" held against the figures of what they are said of.

A claim is read only where the words leave no doubt: a flow that the tables know, then nothing but auxiliaries,
adverbs and times up to the verb. Anything else between them, a negation, a "may" or a "should", and the sentence is
left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from comity.checks import runs, standing, times
from comity.checks.directions import Amount, Assertion, Course, Opinion, opinion, sized
from comity.checks.flows import FlowData, FlowPhrase, Flows, mentions_flow
from comity.checks.reading import Reading
from comity.checks.rule import Rule, Ruling
from comity.checks.sentence import FRACTION, FRACTIONS, MONEY, PERCENT, MarkedSentence
from comity.checks.trend_words import TrendWord, pattern, trend_word
from comity.terms import BlockKind, FindingSpan, Observation, Severity, Verdict

_AUXILIARY = r"(?:ha(?:ve|s|d)|been|was|were|is|are|be|being|also|both|all|even|just|still|then|now|again|since|meanwhile|which|that|more|than|almost|about|some|far|continued\s+to|begun\s+to|began\s+to|started\s+to|over\s+time|in\s+turn|[a-z]+ly)"
_GAP = re.compile(rf"(?:\s|,|{_AUXILIARY}\b)*+")  # possessive: a long gap that fails must fail at once
_ASIDE = re.compile(
    r",\s+(?:which|who|whose|though|although|by\s+contrast|however|in\s+contrast|on\s+the\s+other\s+hand|on\s+the\s+contrary|meanwhile|too|in\s+turn|as\s+[a-z ]+)\b[^,;.]{0,80},"
)
_NEGATION = re.compile(r"\b(?:not|never|no|hardly|barely|scarcely|rarely|neither|nor|yet\s+to|failed|without)\b|n't\b")
_AFTER = re.compile(
    r"\s*(?:$|[.,;:)!?—–]|\b(?:by|to|from|in|during|since|over|between|after|at|until|and|while|whereas|but|as|although|though|because|due|again|further|considerably|through|throughout|across|with|when|for|this|last|every|each|year|too|around|below|above|more|less|or|per|[a-z]+ly|⟪)|⟪)"
)
_MANNERS = {
    "slight": re.compile(r"\b(?:slightly|marginally|modestly|somewhat|a\s+little)\b"),
    "strong": re.compile(
        r"\b(?:sharply|dramatically|significantly|substantially|considerably|drastically|rapidly|steeply|markedly|massively|hugely)\b"
    ),
    "steady": re.compile(
        r"\b(?:steadily|continuously|consistently|constantly|every\s+year|year\s+(?:after|by|on)\s+year)\b"
    ),
}
_MORE = re.compile(r"\b(?:more\s+than|over)\s*$")
_NEARLY = re.compile(r"\b(?:nearly|almost)\s*$")
# "saw a sharp decline in", "there was a rise in": the noun says what happened to the flow after it.
_NOMINALS = {
    "increase": (1, "plain"), "rise": (1, "plain"), "growth": (1, "plain"), "expansion": (1, "plain"),
    "surge": (1, "strong"), "jump": (1, "strong"), "boom": (1, "strong"),
    "decline": (-1, "plain"), "fall": (-1, "plain"), "drop": (-1, "plain"), "decrease": (-1, "plain"), "reduction": (-1, "plain"),
    "contraction": (-1, "plain"), "plunge": (-1, "strong"), "slump": (-1, "strong"), "collapse": (-1, "strong"),
}  # fmt: skip
_SAW = re.compile(
    r"\b(?:saw|seen|witnessed|recorded|registered|experienced|showed|shown|there\s+(?:was|were|has\s+been|had\s+been)|posted)\s+(?:an?\s+|the\s+)?(?P<how>(?:[a-z]+\s+){0,2})$"
)
_HOW = {
    "slight": re.compile(r"\b(?:slight|small|modest|marginal|minor)\b"),
    "strong": re.compile(
        r"\b(?:sharp|significant|dramatic|substantial|steep|rapid|massive|considerable|marked|huge|big|strong)\b"
    ),
    "steady": re.compile(r"\b(?:steady|continuous|consistent|constant)\b"),
}
_AMOUNT = re.compile(
    rf"\s+(?:[a-z]+ly\s+)?(?:by\s+)?(?:(?P<hedge>about|around|roughly|approximately|nearly|almost|some|over|more\s+than|less\s+than|only|just)\s+)?(?:(?P<percent>{PERCENT})|(?P<money>{MONEY})|(?P<fraction>{FRACTION})\b(?!\s+(?:of|the)\b))"
)
_RATE = re.compile(
    r"\b(?:annual(?:ly)?|yearly|(?:per|a|each|every)\s+(?:year|annum|month|quarter)|average|real\s+terms|percentage\s+points?)\b"
)
_OTHER_BASE = re.compile(rf"\b(?:from|to|over|against|compared)\s+(?:[a-z]+\s+){{0,2}}{MONEY}")
_BACK = re.compile(r"(?:^|[,;]\s*|\band\s+|\bbut\s+)(?P<pronoun>this|these)\b(?P<gap>[^.;]{0,60})$")
_TABLE = re.compile(
    r"\b(?:tables?|figures?)\s+(?:\d+|below|above|shows?|indicates?|illustrates?)|\bthe\s+(?:\w+\s+)?table\b|\bin\s+table\b|\b(?:below|above)\s+table\b|\btable\b"
)
_FORECAST = re.compile(
    r"\b(?:will|would|could|may|might|should|shall|expected|projected|forecast|likely|if|unless|hope[sd]?|aims?|plans?|potential)\b"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A trend claim as read: what is said of which flow, at which offsets of the passage."""

    phrase: FlowPhrase
    word: TrendWord
    manner: str
    bound: str
    words: str
    start: int
    end: int
    span: times.TimeSpan | None
    anchored: bool
    amount: Amount | None
    partial: bool  # speaks of months or quarters
    vague: bool  # can be borne out, not contradicted: its time, its voice or its measure is not plain
    unplaced: bool = False  # the sentence names times, and none of them is this claim's own
    base: times.TimeSpan | None = None  # the year that is compared with: "compared with 2013"
    run: runs.Run | None = None


def judge(reading: Reading) -> Iterator[Ruling]:
    """Yield a claim for each trend that the prose asserts of a flow between states."""
    flows = reading.flows
    if not flows.pairs:
        return
    previous: FlowPhrase | None = None
    paragraph, placed = -1, False
    for passage in reading.prose:
        if passage.paragraph != paragraph:
            previous, paragraph, placed = None, passage.paragraph, _beside_the_table(reading, passage.paragraph)
        if not mentions_flow(passage.text) and (previous is None or not passage.text.startswith(("This", "These"))):
            previous = None
            continue
        sentence = reading.marked(passage)
        named = tuple(flows.phrases(sentence))
        placed = _placed(sentence, named, flows, already=placed)
        bare = flows.bare(sentence) if placed or _TABLE.search(sentence.plain) else ()
        alone = (phrase for phrase in bare if not any(one.start <= phrase.start < one.end for one in named))
        phrases = tuple(sorted((*named, *alone), key=lambda phrase: phrase.start))
        for said in (*_claims(sentence, phrases, previous), *_nominal_claims(reading, sentence)):
            yield from _ruled(reading, flows, sentence, said)
        previous = _topic(sentence, phrases)


def _beside_the_table(reading: Reading, paragraph: int) -> bool:
    """Whether the paragraph stands next to the table of the document's only account, or parted from it by its caption."""
    blocks, flows = reading.document.blocks, reading.flows
    if flows.account is None or paragraph >= len(blocks):
        return False
    own = {data.observations[0].provenance.table_id for data in flows.own(flows.account)}
    starts = {table.start for table in reading.document.tables if table.id in own}
    for step in (1, -1):
        near = paragraph + step
        while 0 <= near < len(blocks) and blocks[near].kind in (BlockKind.CAPTION, BlockKind.TABLE_NOTE):
            near += step
        beside = blocks[near] if 0 <= near < len(blocks) else None
        if (
            beside is not None
            and beside.kind is BlockKind.TABLE
            and any(beside.start <= at < beside.end for at in starts)
        ):
            return True
    return False


def _placed(sentence: MarkedSentence, named: tuple[FlowPhrase, ...], flows: Flows, *, already: bool) -> bool:
    """Whether the paragraph, up to here, speaks of what flows between the two states and of no other state."""
    pair = set(flows.only_pair or ())
    if not sentence.codes <= pair:
        return False
    return already or any(not phrase.inferred and {phrase.flow.origin, phrase.flow.target} == pair for phrase in named)


def _claims(sentence: MarkedSentence, phrases: tuple[FlowPhrase, ...], previous: FlowPhrase | None) -> Iterator[_Said]:
    plain = sentence.plain
    if not phrases and previous is None:
        return
    spans = tuple(times.spans_in(plain))
    anchored = _TABLE.search(plain) is not None
    verbs = list(pattern().finditer(plain))
    for index, match in enumerate(verbs):
        found = _subject(plain, match.start(), phrases, previous, spans)
        if found is None or _AFTER.match(plain, match.end()) is None:
            continue
        phrase, clause_start = found
        clause_end = _clause_end(plain, match.end(), [other.start() for other in verbs[index + 1 :]], phrases)
        around = plain[clause_start:clause_end]
        if _NEGATION.search(plain, clause_start, match.end()) or _FORECAST.search(plain, clause_start, match.end()):
            continue
        if standing.denied(plain[:clause_start]) or standing.other_measure(plain):
            continue
        manner = next((name for name, words in _MANNERS.items() if words.search(around)), "")
        before = plain[max(0, match.start() - 16) : match.start()]
        bound = "more" if _MORE.search(before) else "nearly" if _NEARLY.search(before) else ""
        span, shared = _span(plain, spans, (clause_start, match.start(), match.end(), clause_end))
        base = next(
            (s for s in spans if match.end() <= s.start < clause_end and times.compared(plain, s, match.end())), None
        )
        amount = _amount(sentence, match.end(), clause_end)
        end = match.end() if amount is None else amount.end
        partial = times.within_year(around) or (span is None and times.within_year(plain))
        open_end = (span is None and times.open_time(around)) or (span is not None and span.until)
        yield _Said(
            phrase,
            trend_word(match.group()),
            manner,
            bound,
            sentence.passage.text[match.start() : end],
            clause_start,
            end,
            span,
            anchored,
            amount,
            partial,
            open_end or shared or standing.other_voice(plain),
            span is None and bool(spans),
            base,
            runs.run_in(plain, match.end(), clause_end),
        )


def _nominal_claims(reading: Reading, sentence: MarkedSentence) -> Iterator[_Said]:
    """Yield what a noun before a flow says of it."""
    plain = sentence.plain
    spans = tuple(times.spans_in(plain))
    for phrase, head, place in reading.flows.nominals(sentence):
        saw = _SAW.search(plain, max(0, place - 70), place)
        if head not in _NOMINALS or saw is None or _AFTER.match(plain, phrase.end) is None:
            continue
        if _NEGATION.search(plain, 0, place) or _FORECAST.search(plain, 0, place):
            continue
        if standing.denied(plain[:place]) or standing.other_measure(plain):
            continue
        manner = next((name for name, words in _HOW.items() if words.search(saw["how"])), "")
        span, shared = _span(plain, spans, (phrase.start, phrase.start, phrase.end, len(plain)))
        yield _Said(
            phrase,
            TrendWord(*_NOMINALS[head]),
            manner,
            "",
            sentence.passage.text[saw.start("how") : place + len(head)],
            saw.start("how"),
            phrase.end,
            span,
            _TABLE.search(plain) is not None,
            None,
            times.within_year(plain),
            shared
            or (span is None and times.open_time(plain))
            or (span is not None and span.until)
            or standing.other_voice(plain),
            span is None and bool(spans),
        )


def _amount(sentence: MarkedSentence, start: int, end: int) -> Amount | None:
    """Return the percentage, fraction or sum by which the verb says it changed; None where it is a rate a year or counts from a figure in the sentence."""
    match = _AMOUNT.match(sentence.plain, start)
    if match is None or _RATE.search(sentence.plain, start, min(end, match.end() + 25)):
        return None
    if _OTHER_BASE.search(sentence.plain, match.end()):
        return None
    hedge = " ".join((match["hedge"] or "").split())
    if match["fraction"] is not None:
        if not re.search(r"\bby\b", match.group()):
            return None  # "rose a third time"
        percent = float(FRACTIONS[" ".join(match["fraction"].split())] * 100)
        return Amount(percent, percent / 8, hedge, match.end())
    if match["money"] is not None:
        if not re.search(r"\bby\b", match.group()):
            return None  # "rose to 2 billion" gives a level
        return Amount(0.0, 0.0, hedge, match.end(), sentence.quantity_at(match.start("money")))
    figure = sentence.quantity_at(match.start("percent"))
    half = float(figure.resolution / 2)
    if figure.approximate or hedge not in ("", "only", "just"):
        half = max(half, float(figure.number) / 10)
    return Amount(float(figure.number), half, hedge, match.end())


def _subject(
    plain: str,
    verb: int,
    phrases: tuple[FlowPhrase, ...],
    previous: FlowPhrase | None,
    spans: Sequence[times.TimeSpan],
) -> tuple[FlowPhrase, int] | None:
    """Return the flow that is the verb's subject, and where the clause begins; None where another word comes between."""
    before = [phrase for phrase in phrases if phrase.end <= verb]
    if before:
        nearest = before[-1]
        gap = without_times(plain, nearest.end, verb, spans)
        if _GAP.fullmatch(gap):
            return nearest, nearest.start
    back = _BACK.search(plain, max(0, verb - 90), verb)
    if back is not None:
        gap = without_times(plain, back.end("pronoun"), verb, spans)
        place = back.start("pronoun")
        earlier = [phrase for phrase in before if re.fullmatch(r"[\s,;–—-]*(?:and|but)?\s*", plain[phrase.end : place])]
        if not earlier and place == 0 and previous is not None:
            earlier = [previous]
        if earlier and _GAP.fullmatch(gap):
            return earlier[-1], place
    return None


def _topic(sentence: MarkedSentence, phrases: tuple[FlowPhrase, ...]) -> FlowPhrase | None:
    """Return the flow that "this" at the head of the next sentence means: the only one, at this one's start or end."""
    if len(phrases) != 1:
        return None
    only = phrases[0]
    length = len(sentence.plain.rstrip(' .!?"”'))
    return only if only.start <= 4 or only.end >= length else None


def without_times(plain: str, start: int, end: int, spans: Sequence[times.TimeSpan]) -> str:
    """Return the words between, without times and without asides between commas."""
    letters = list(plain[start:end])
    for span in spans:
        if start <= span.start and span.end <= end:
            letters[span.start - start : span.end - start] = " " * (span.end - span.start)
    gap = "".join(letters)
    return _ASIDE.sub(" ", gap)


def _clause_end(plain: str, start: int, verbs: list[int], phrases: tuple[FlowPhrase, ...]) -> int:
    """Return where what is said of this verb ends: at the next flow, verb, or joining word."""
    stops = [phrase.start for phrase in phrases if phrase.start >= start] + verbs
    joint = re.compile(r"\b(?:while|whereas|but|although|though)\b|;").search(plain, start)
    if joint is not None:
        stops.append(joint.start())
    return min(stops, default=len(plain))


def _span(
    plain: str, spans: Sequence[times.TimeSpan], places: tuple[int, int, int, int]
) -> tuple[times.TimeSpan | None, bool]:
    """Return the time of a claim, and whether it is only taken over from another part of the sentence.

    `places` are where the clause, its verb, what follows the verb, and the next clause begin.
    """
    clause, verb, behind, end = places
    own = [span for span in spans if not times.compared(plain, span, behind if span.start >= behind else clause)]
    after = [span for span in own if behind <= span.start < end]
    if len(after) > 1 and after[0].single and after[1].single and _FROM.search(plain, behind, after[0].start):
        # "from 3.2 billion in 2010 to 4.0 billion in 2014"
        years = sorted(span.first for span in after[:2] if span.first is not None)
        return times.TimeSpan(after[0].start, after[1].end, years[0], years[-1]), False
    if after:
        return after[0], False
    before = [span for span in own if clause <= span.start and span.end <= verb]
    if before:
        # In "exports, which stood at 760 in 2013, had dropped" the year belongs to the figure before it.
        return (None, False) if "⟦" in plain[clause : before[-1].start] else (before[-1], False)
    leading = [span for span in own if span.end <= clause]
    if leading and (leading[-1].start <= 1 or _BARE.fullmatch(plain, leading[-1].end, clause)):
        return leading[-1], False
    if len(spans) == 1 and own:
        # "Trade has hovered around 10 billion in the past four years, and exports more than doubled"
        carried = bool(leading) and not own[0].single and _AND.fullmatch(plain, own[0].end, clause) is not None
        return own[0], not carried
    return None, False


_FROM = re.compile(r"\bfrom\s+(?:[a-z]+\s+){0,2}⟦")
_AND = re.compile(r"[\s,]*(?:and|while|whereas|with|but)\s+(?:the\s+)?")
_BARE = re.compile(r"[\s,]*(?:the\s+)?")


def _ruled(reading: Reading, flows: Flows, sentence: MarkedSentence, said: _Said) -> Iterator[Ruling]:
    base = sentence.passage.start
    own = reading.span(base + said.start, base + said.end, "claim")
    years = said.span is not None or said.run is not None
    data = flows.yearly(said.phrase.flow) if years else flows.data(said.phrase.flow)
    if not data:
        reason = f"No table or record holds {'yearly ' if years else ''}figures for this."
        yield Ruling(reading.claim("TRD001", "trend", Verdict.NOT_CHECKABLE, reason, own))
        return
    reaching = [each for each in data if _reaches(reading, said, each)]
    # A series without figures for that time says nothing, and takes nothing from what another says.
    opinions = [(each, *_opinion(reading, said, each)) for each in reaching or data]
    yield _joined(reading, own_claim=own, opinions=opinions, said=said)


def _reaches(reading: Reading, said: _Said, data: FlowData) -> bool:
    """Whether a series has figures for the time that is spoken of."""
    if said.run is not None and said.word.direction:
        return bool(said.run.steps(said.span, data.observations, reading.document.published))
    return any(_candidates(reading, said, data))


def _opinion(reading: Reading, said: _Said, data: FlowData) -> tuple[Opinion, list[Observation]]:
    observations = list(data.observations)
    if said.partial:
        return _unclear("the claim speaks of a part of a year, the figures of whole years"), observations
    if said.unplaced:
        return _unclear("the sentence names several times, and not which is this claim's"), observations
    if said.run is not None and said.word.direction:
        chosen = said.run.steps(said.span, data.observations, reading.document.published)
        found = runs.stepwise(said.word.direction, chosen)
        if found.verdict is Verdict.CONTRADICTED and said.span is None and not said.anchored:
            return _unclear("the claim does not say in which year the run of years ended"), chosen
        return _held(said, found, chosen), chosen
    candidates = _candidates(reading, said, data)
    opinions = []
    for chosen in candidates:
        course = Course.of(chosen)
        if course is not None:
            found = opinion(_assertion(said), course, _wider(data, chosen))
            opinions.append((_sized(said, found, chosen), chosen))
    if not opinions:
        return _unclear("the figures do not reach across the time that is spoken of"), []
    # Against a year that is named for comparison and against the year before: one that bears the claim out is enough.
    order = (Verdict.CONFIRMED, Verdict.NOT_CHECKABLE, Verdict.CONTRADICTED)
    found, observations = min(opinions, key=lambda each: order.index(each[0].verdict))
    return _held(said, found, observations), observations


def _wider(data: FlowData, chosen: Sequence[Observation]) -> Course | None:
    """Return the course that begins one figure before the chosen ones; None where there is none."""
    index = next((place for place, one in enumerate(data.observations) if one is chosen[0]), 0) if chosen else 0
    return Course.of([data.observations[index - 1], *chosen]) if index > 0 else None


def _unclear(reason: str) -> Opinion:
    return Opinion(Verdict.NOT_CHECKABLE, reason)


def _assertion(said: _Said) -> Assertion:
    return Assertion(said.word, said.manner, said.bound, said.span is not None or said.anchored)


def _candidates(reading: Reading, said: _Said, data: FlowData) -> list[list[Observation]]:
    """Return the runs of figures that the claim may mean: one, or two where it names a year that it compares with."""
    published, span = reading.document.published, said.span
    if span is None:
        return [list(data.observations)]
    if not (span.single or span.fiscal or span.back or span.named):
        return [times.within(span, data.observations, published)]
    stepped = times.with_the_one_before(span, data.observations, published)
    if not stepped:  # "2016-17" among calendar years
        return [times.within(span, data.observations, published)] if span.fiscal else []
    if said.base is None:
        return [stepped]
    first = times.within(said.base, data.observations, published)
    return [stepped, [first[-1], stepped[-1]]] if first and first[-1] is not stepped[-1] else [stepped]


def _sized(said: _Said, found: Opinion, observations: Sequence[Observation]) -> Opinion:
    if found.verdict is not Verdict.CONFIRMED or said.amount is None:
        return found
    certain = said.span is not None and said.span.plain
    return sized(said.amount, observations, certain=certain)


def _held(said: _Said, found: Opinion, observations: Sequence[Observation]) -> Opinion:
    """Return the opinion; a contradiction only where everything about the claim is plain."""
    if found.verdict is not Verdict.CONTRADICTED:
        return found
    if said.vague and not (said.anchored and said.span is None):
        return _unclear("the claim does not say plainly of which years or figures it speaks")
    if said.phrase.inferred and not said.anchored:
        return _unclear("the partner is not named, so all partners together may be meant")
    return found


def _joined(
    reading: Reading,
    *,
    own_claim: FindingSpan,
    opinions: list[tuple[FlowData, Opinion, list[Observation]]],
    said: _Said,
) -> Ruling:
    """Return one verdict over all series: one that bears the claim out is enough, and all must speak against it."""
    confirmed = [each for each in opinions if each[1].verdict is Verdict.CONFIRMED]
    against = [each for each in opinions if each[1].verdict is Verdict.CONTRADICTED]
    if confirmed:
        chosen = confirmed[0]
    elif against and len(against) == len(opinions):
        chosen = against[0]
    else:
        chosen = next(each for each in opinions if each[1].verdict is Verdict.NOT_CHECKABLE)
    data, found, observations = chosen
    if found.verdict is Verdict.NOT_CHECKABLE:
        reason = f"{found.reason[0].upper()}{found.reason[1:]}."
        return Ruling(reading.claim("TRD001", "trend", Verdict.NOT_CHECKABLE, reason, own_claim))
    first, last = observations[0], observations[-1]
    change = (float(last.quantity.value) / float(first.quantity.value) - 1) * 100 if first.quantity.value else 0.0
    reason = (
        f'"{said.words}": {first.quantity.text or first.quantity.number} in {first.period.label}, '
        f"{last.quantity.text or last.quantity.number} in {last.period.label} ({change:+.1f} %); {found.reason}."
    )
    severity = found.severity
    if severity is Severity.ERROR and not data.own:
        severity = Severity.WARNING  # another source may count otherwise
    places = [reading.span_of_observation(observation) for observation in observations]
    claim = reading.claim("TRD001", "trend", found.verdict, reason, own_claim, *places)
    return Ruling(claim, severity)


TREND = Rule(
    "TRD001",
    "trend-against-figures",
    Severity.ERROR,
    "A rise, fall or standstill that the text asserts is what the figures show.",
    judge,
)
