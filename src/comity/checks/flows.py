"""What a brief speaks of when it says "Japanese exports to Pakistan": what flows from where to where, and its figures.

A flow is named from either side: the exports of one state to the other are the other's imports from the first, so a
claim about "Japanese exports to Pakistan" is held against the column "Imports" of "Pakistan's Trade with Japan".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from comity.checks.sentence import STATE, MarkedSentence
from comity.terms import Observation, Series

if TYPE_CHECKING:
    from comity.checks.reading import Reading

# Indicator of a series -> what flows, and whether it flows from the reporter ("out"), to it ("in"), or both ways.
_INDICATORS = {
    "exports": ("goods", "out"),
    "imports": ("goods", "in"),
    "total-trade": ("trade", "both"),
    "fdi-inflow": ("investment", "in"),
    "fdi-outflow": ("investment", "out"),
    "oda-disbursements": ("aid", "out"),
    "remittances": ("remittances", "in"),
    "arms-transfers": ("arms", "out"),
    "tourists": ("tourists", "in"),
    "students": ("students", "in"),
}
# Noun -> what flows, and what its owner is: "Kenya's exports" leave Kenya, "Kenya's imports" reach it.
_NOUNS = {
    "exports": ("goods", "origin"),
    "sales": ("goods", "origin"),
    "shipments": ("goods", "origin"),
    "imports": ("goods", "target"),
    "purchases": ("goods", "target"),
    "trade": ("trade", ""),
    "commerce": ("trade", ""),
    "trade turnover": ("trade", ""),
    "trade volume": ("trade", ""),
    "foreign direct investment": ("investment", "origin"),
    "direct investment": ("investment", "origin"),
    "fdi inflows": ("investment", "origin"),
    "fdi": ("investment", "origin"),
    "investments": ("investment", "origin"),
    "investment": ("investment", "origin"),
    "development aid": ("aid", "origin"),
    "aid": ("aid", "origin"),
    "remittances": ("remittances", "origin"),
    "arms sales": ("arms", "origin"),
    "arms exports": ("arms", "origin"),
}
_FILL = r"(?:(?:total|overall|merchandise|goods|annual|bilateral|two-way|mutual|own|direct|foreign)\s+)*"
_NOUN = "|".join(sorted((noun.replace(" ", r"\s+") for noun in _NOUNS), key=len, reverse=True))
_ANY = re.compile(rf"\b(?:{_NOUN}|investor|contributor)", re.I)
_PHRASE = re.compile(
    rf"(?:(?P<owner>{STATE})(?P<possessive>['’]s?)?\s+|(?P<pronoun>\bits|\btheir)\s+)?"
    rf"(?P<fill>\b{_FILL})(?P<noun>\b(?:{_NOUN}))\b(?:\s+\([a-z]{{2,6}}\))?(?:\s+of\s+goods)?"
    rf"(?P<sides>(?:\s+(?:to|from|with|in|into|of|by|between)\s+(?:the\s+)?{STATE}(?!['’])(?:\s+and\s+(?:the\s+)?{STATE}(?!['’]))?)*)"
    r"(?P<two>\s+between\s+(?:the\s+)?(?:two|both)\s+(?:countries|states|nations|neighbours|neighbors|sides|economies|partners))?"
)
# "Japan had been a significant foreign direct investment contributor"
_INVESTOR = re.compile(
    rf"(?P<owner>{STATE})\s+(?:(?:is|was|has|had|have|been|remained|remains|became|become|also|always|long|once)\s+)+(?:an?|the|one\s+of\s+the)\s+"
    r"(?:[a-z-]+\s+){0,3}?(?:foreign\s+direct\s+investment|direct\s+investment|fdi|investment|foreign)\s*(?:\([a-z]{2,6}\)\s*)?"
    r"(?P<noun>contributor|investor|source|provider)s?\b"
    rf"(?:\s+(?:in|for|to|into)\s+(?:the\s+)?(?P<target>{STATE})(?!['’]))?"
)
# "Japan was once a large source of foreign direct investment (FDI) for Pakistan"
_SOURCE = re.compile(
    rf"(?P<owner>{STATE})\s+(?:(?:is|was|has|had|have|been|remained|remains|became|become|also|always|long|once)\s+)+(?:an?|the|one\s+of\s+the)\s+"
    r"(?:[a-z-]+\s+){0,3}?(?P<noun>contributor|source|provider|supplier)s?\s+of\s+(?:foreign\s+)?(?:direct\s+)?(?:investment|fdi)\b(?:\s+\([a-z]{2,6}\))?"
    rf"(?:\s+(?:in|for|to|into)\s+(?:the\s+)?(?P<target>{STATE})(?!['’]))?"
)
_SIDE = re.compile(
    rf"(?P<word>to|from|with|in|into|of|by|between)\s+(?:the\s+)?(?P<state>{STATE})(?:\s+and\s+(?:the\s+)?(?P<second>{STATE}))?"
)
# Before a bare "exports to Uganda" only these may stand; "textile exports to Uganda" is another thing.
_BARE_AFTER = re.compile(
    r"(?:^|[,;:(—–]|\b(?:the|and|while|whereas|but|as|although|though|that|both|with|when|in|of)|\d)\s*$"
)
# "Exports have fallen": no owner, no partner, nothing before it in its clause.
_ALONE = re.compile(
    r"(?:^|[,;]\s+(?:(?:and|while|whereas|but)\s+)?|\b(?:while|whereas|but)\s+)(?:the\s+)?(?P<noun>exports|imports)\b"
)
_ALL_PARTNERS = re.compile(
    r"\b(?:total|overall|world\w*|global\w*|all\s+(?:partners|countries|markets)|everywhere|gdp|economy|region\w*)\b"
)
# "the value of exports" is the exports; "the share of exports" and "growth in exports" are not.
_PART_OF = re.compile(r"\b(?P<head>[a-z-]+)\s+(?:of|in)\s+(?:the\s+|both\s+)?$")
_SAME = frozenset(["", *"value volume level amount worth total".split()])
_DAYS_OF_A_YEAR = (365, 366)
_BOTH_WAYS = frozenset("bilateral two-way mutual".split())
_WHOLE = _BOTH_WAYS | {"total", "overall"}


@dataclass(frozen=True, slots=True)
class Flow:
    """What flows, from where, to where; the two states of "trade" have no order and stand sorted."""

    kind: str
    origin: str
    target: str

    @classmethod
    def of(cls, kind: str, origin: str, target: str) -> Flow:
        """Return the flow; trade without its direction."""
        if kind == "trade" and origin > target:
            origin, target = target, origin
        return cls(kind, origin, target)


@dataclass(frozen=True, slots=True)
class FlowPhrase:
    """Words that name a flow, at offsets of their passage.

    `inferred` says that a side was not named and was taken from the document's own tables: such a phrase may mean
    all partners together, so it can confirm a claim but not contradict one on its own.
    """

    flow: Flow
    start: int
    end: int
    inferred: bool


@dataclass(frozen=True, slots=True)
class FlowData:
    """The figures of one series for a flow, in order of time.

    `own` where a table of the checked document prints them; `yearly` where each is of one year, calendar or fiscal, and
    none of a month, a quarter or several years: the figures of a series that has both are parted.
    """

    series: Series
    observations: tuple[Observation, ...]
    own: bool
    yearly: bool


def mentions_flow(text: str) -> bool:
    """Whether a text may name a flow at all: a cheap test before its states are looked for."""
    return _ANY.search(text) is not None


def flow_of(series: Series) -> Flow | None:
    """Return what a series measures, or None for indicators that no rule reads."""
    found = _INDICATORS.get(series.indicator)
    if found is None:
        return None
    kind, way = found
    if way == "in":
        return Flow.of(kind, series.partner, series.reporter)
    return Flow.of(kind, series.reporter, series.partner)


class Flows:
    """The flows for which there are figures."""

    def __init__(self, reading: Reading) -> None:
        grouped: dict[tuple[Flow, str, bool, bool], list[Observation]] = {}
        self.pairs: set[frozenset[str]] = set()
        for observation in reading.evidence.observations:
            flow = flow_of(observation.series)
            if flow is None or observation.period.is_open:
                continue
            own = observation.provenance.document_id == reading.document.id
            yearly = observation.period.days in _DAYS_OF_A_YEAR
            grouped.setdefault((flow, observation.series.id, own, yearly), []).append(observation)
            if own:
                self.pairs.add(frozenset((flow.origin, flow.target)))
        if not self.pairs and reading.evidence.dyad is not None:
            self.pairs.add(reading.evidence.dyad.codes)
        self._data: dict[Flow, list[FlowData]] = {}
        for (flow, _, own, yearly), found in grouped.items():
            found.sort(key=lambda observation: observation.period.sort_key)
            data = FlowData(found[0].series, tuple(found), own, yearly)
            self._data.setdefault(flow, []).append(data)

    def yearly(self, flow: Flow) -> tuple[FlowData, ...]:
        """Return the yearly series of a flow: those of the document's own tables, or else those of the record."""
        found = tuple(data for data in self._data.get(flow, []) if data.yearly)
        return tuple(data for data in found if data.own) or found

    def data(self, flow: Flow) -> tuple[FlowData, ...]:
        """Return the series of a flow: those of the document's own tables, or else those of the record; yearly ones first.

        Figures of other periods are returned only where there are no yearly ones: next to these they say nothing of years.
        """
        found = self._data.get(flow, [])
        chosen = [data for data in found if data.own] or found
        return tuple(data for data in chosen if data.yearly) or tuple(chosen)

    def partner(self, code: str) -> str | None:
        """Return the other state of the document's only pair that `code` belongs to."""
        pairs = [pair for pair in self.pairs if code in pair]
        return next(iter(pairs[0] - {code})) if len(pairs) == 1 else None

    @property
    def only_pair(self) -> tuple[str, str] | None:
        """The two states when the document's tables are about one pair."""
        if len(self.pairs) != 1:
            return None
        first, second = sorted(next(iter(self.pairs)))
        return first, second

    def phrases(self, sentence: MarkedSentence) -> Iterator[FlowPhrase]:
        """Yield the flows that the sentence names, in order."""
        plain = sentence.plain
        found = [phrase for phrase, head, _ in self._named(sentence) if head in _SAME]
        for match in (*_INVESTOR.finditer(plain), *_SOURCE.finditer(plain)):
            origin = sentence.state_at(match.start("owner")).code
            named = match["target"] is not None
            target = sentence.state_at(match.start("target")).code if named else self.partner(origin)
            if target is not None and target != origin:
                flow = Flow.of("investment", origin, target)
                found = [phrase for phrase in found if not match.start() <= phrase.start < match.end()]
                found.append(FlowPhrase(flow, match.start(), match.end(), not named))
        yield from sorted(found, key=lambda phrase: phrase.start)

    def bare(self, sentence: MarkedSentence) -> Iterator[FlowPhrase]:
        """Yield "exports" and "imports" that stand alone at the head of a clause, as those of the tables' only account.

        Such words may as well mean all partners together: only where the text has just spoken of the two states, stands
        beside the table or points at it, are they the account's.
        """
        if self.account is None or self.only_pair is None or not sentence.codes <= set(self.only_pair):
            return
        other = self.partner(self.account)
        if other is None or _ALL_PARTNERS.search(sentence.plain):
            return
        for match in _ALONE.finditer(sentence.plain):
            outward = match["noun"] == "exports"
            flow = Flow.of("goods", *((self.account, other) if outward else (other, self.account)))
            yield FlowPhrase(flow, match.start("noun"), match.end("noun"), False)

    @property
    def account(self) -> str | None:
        """The state whose account all of the document's own tables of goods are; None where there are two or none."""
        reporters = {data.series.reporter for data in self._own_goods()}
        return next(iter(reporters)) if len(reporters) == 1 else None

    def own(self, reporter: str) -> tuple[FlowData, ...]:
        """Return the series of goods that the document's own tables print of that state's account."""
        return tuple(data for data in self._own_goods() if data.series.reporter == reporter)

    def _own_goods(self) -> Iterator[FlowData]:
        for flow, found in self._data.items():
            if flow.kind == "goods":
                yield from (data for data in found if data.own)

    def nominals(self, sentence: MarkedSentence) -> Iterator[tuple[FlowPhrase, str, int]]:
        """Yield flows that stand after a noun ("a decline in exports to Kenya"), with the noun and where it stands."""
        for phrase, head, place in self._named(sentence):
            if head not in _SAME:
                yield phrase, head, place

    def _named(self, sentence: MarkedSentence) -> Iterator[tuple[FlowPhrase, str, int]]:
        """Yield each flow with the noun that it depends on, "" where it stands for itself."""
        plain = sentence.plain
        last_owner: str | None = None
        for match in _PHRASE.finditer(plain):
            owner = None
            if match["owner"] is not None:
                owner = sentence.state_at(match.start("owner"))
                last_owner = owner.code
            offset = max(0, match.start() - 40)
            before = plain[offset : match.start()]
            if owner is None and match["pronoun"] is None and not _BARE_AFTER.search(before):
                continue
            part = _PART_OF.search(before)
            code = owner.code if owner is not None else None
            if match["pronoun"] == "its":
                earlier = sentence.codes_in(0, match.start())
                code = last_owner or (earlier[0] if len(set(earlier)) == 1 else None)
            if match["pronoun"] is not None and code is None:
                continue
            demonym = owner is not None and owner.demonym
            phrase = self._resolved(sentence, match, code, demonym)
            if phrase is not None:
                yield (
                    phrase,
                    part["head"] if part is not None else "",
                    offset + (part.start() if part is not None else 0),
                )

    def _resolved(
        self, sentence: MarkedSentence, match: re.Match[str], owner: str | None, demonym: bool
    ) -> FlowPhrase | None:
        kind, role = _NOUNS[" ".join(match["noun"].split())]
        origins, targets, both = set[str](), set[str](), set[str]()
        for side in _SIDE.finditer(match["sides"]):
            offset = match.start("sides")
            codes = {sentence.state_at(offset + side.start("state")).code}
            if side["second"] is not None:
                codes.add(sentence.state_at(offset + side.start("second")).code)
            if side["word"] in ("between", "with"):
                both |= codes
            elif side["word"] in ("to", "into", "in"):
                targets |= codes
            else:
                origins |= codes
        if kind == "trade":
            return self._trade(match, {*both, *origins, *targets} | ({owner} if owner else set()))
        if both or len(origins) > 1 or len(targets) > 1:
            return None
        fill = frozenset(match["fill"].split())
        if owner is not None:
            if kind in ("investment", "aid", "remittances", "arms") and not demonym and not targets:
                return None  # "Pakistan's FDI" may be what it receives
            (origins if role == "origin" else targets).add(owner)
        if len(origins) > 1 or len(targets) > 1 or not (origins or targets):
            return None
        inferred = not (origins and targets)
        # With the partner named, the owner left out is the state that the document is about, unless a third is named.
        alone = owner is None and inferred and sentence.codes <= origins | targets
        if inferred and (fill & {"total", "overall"}):
            return None  # "Pakistan's total exports" are those to all partners
        known = next(iter(origins or targets))
        other = self.partner(known) if inferred else None
        origin = next(iter(origins), other)
        target = next(iter(targets), other)
        if origin is None or target is None or origin == target:
            return None
        return FlowPhrase(Flow.of(kind, origin, target), match.start(), match.end(), inferred and not alone)

    def _trade(self, match: re.Match[str], codes: set[str]) -> FlowPhrase | None:
        inferred = len(codes) < 2
        if len(codes) == 1:
            other = self.partner(next(iter(codes)))
            codes = codes | ({other} if other is not None else set())
        elif not codes and self.only_pair is not None:
            fill = frozenset(match["fill"].split())
            if match["two"] is None and not fill & _WHOLE and match.start() > 0:
                return None
            codes = set(self.only_pair)
            inferred = match["two"] is None and not fill & _BOTH_WAYS
        if len(codes) != 2:
            return None
        first, second = sorted(codes)
        return FlowPhrase(Flow.of("trade", first, second), match.start(), match.end(), inferred)
