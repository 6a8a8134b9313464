"""Facts as they stand after people's decisions: a pure function of what the sources say and of the docket."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from comity.record.corrections import corrected_event
from comity.record.judgements import Docket, Pair, Ruling
from comity.record.merging import act_id, merge
from comity.terms import ComityError, Event, Judgement, MergedEvent, Observation, Statement

_Term = TypeVar("_Term", Event, Statement, Observation)
_Correct = Callable[[_Term, Iterable[tuple[str, str]]], _Term]


@dataclass(frozen=True, slots=True)
class Judged(Generic[_Term]):
    """Facts of one kind: those that stand, corrected where people said so; those rejected; what could not be done."""

    standing: tuple[_Term, ...]
    rejected: tuple[_Term, ...]
    problems: tuple[str, ...]


def judged(stored: Iterable[_Term], docket: Docket, correct: _Correct[_Term]) -> Judged[_Term]:
    """Return the facts as they stand after the docket's rulings."""
    standing: list[_Term] = []
    rejected: list[_Term] = []
    problems: list[str] = []
    for fact in stored:
        ruling = docket.rulings.get(fact.id)
        if ruling is None:
            standing.append(fact)
        elif ruling.verdict is Judgement.REJECTED:
            rejected.append(fact)
        else:
            standing.append(_corrected(fact, ruling, correct, problems))
    return Judged(tuple(standing), tuple(rejected), tuple(problems))


class Acts:
    """The acts that the reports tell of, after people's decisions; every step is worked out when first asked for.

    A decision may name a report or an act. An act's id is made from its fullest report as stored, so it outlives
    corrections; an id that an act had before a fuller report came still leads to it.
    """

    def __init__(self, stored: Iterable[Event], docket: Docket) -> None:
        self._stored = {report.id: report for report in stored}
        self._docket = docket

    @property
    def merged(self) -> tuple[MergedEvent, ...]:
        """The acts, sorted by date, then id."""
        return self._merged

    @cached_property
    def reports(self) -> dict[str, Event]:
        """The reports of all acts by their ids."""
        return {report.id: report for act in self._merged for report in act.reports}

    @property
    def rejected(self) -> tuple[Event, ...]:
        """The reports that people rejected, one by one or with their act, as stored."""
        return tuple(report for report_id, report in self._stored.items() if report_id not in self.reports)

    @property
    def problems(self) -> tuple[str, ...]:
        """The corrections that could not be made."""
        return self._corrections[1]

    def named(self, event_id: str) -> MergedEvent | None:
        """Return the act of that id, of that report's id, or that once had that id."""
        return self._by_id.get(event_id)

    def ruling(self, event_id: str) -> Ruling | None:
        """Return the ruling on an act, or else the first on an id that it once had, or else on one of its reports."""
        act = self._by_id.get(event_id)
        if act is None or act.id != event_id:
            return None
        earlier = [act_id(self._stored[report.id]) for report in act.reports]
        names = [event_id, *earlier, *(report.id for report in act.reports)]
        return next((self._docket.rulings[name] for name in names if name in self._docket.rulings), None)

    @cached_property
    def confirmed(self) -> frozenset[str]:
        """The ids of the second readers' reports that a person accepted or corrected.

        What was said of an act that the rules coded does not go for what was proposed beside it.
        """
        found: set[str] = set()
        for act in self._merged:
            proposals = [report for report in act.reports if report.proposer]
            if len(proposals) == len(act.reports) and self._confirms(act.id):
                found.update(report.id for report in proposals)
                continue
            for report in proposals:
                # The id that the act had while the report stood alone.
                own = act_id(self._stored[report.id])
                if self._confirms(report.id) or (own != act.id and self._confirms(own)):
                    found.add(report.id)
        return frozenset(found)

    def _confirms(self, name: str) -> bool:
        ruling = self._docket.rulings.get(name)
        if ruling is None or not ruling.confirms:
            return False
        # A correction that could not be made leaves what the person did not want.
        return ruling.verdict is not None or not any(name in words for words in self.problems)

    @cached_property
    def _pairs(self) -> tuple[list[Pair], list[Pair]]:
        """The pairs of reports that people joined and parted; an act that they named stands for all its reports."""
        sides: list[list[Pair]] = []
        named: dict[str, tuple[str, ...]] | None = None
        for side in (self._docket.joined, self._docket.parted):
            if side and named is None:
                named = self._naming(merge(tuple(self._stored.values())))
            pairs = [(self._named(one, named or {}), self._named(other, named or {})) for one, other in side]
            sides.append([(first, second) for ones, others in pairs for first in ones for second in others])
        return sides[0], sides[1]

    @cached_property
    def _acts_as_stored(self) -> dict[str, tuple[str, ...]]:
        """By every id that can name an act, its reports: joined and parted as people said, nothing corrected yet."""
        joined, parted = self._pairs
        return self._naming(merge(tuple(self._stored.values()), joined=joined, parted=parted))

    def _naming(self, acts: tuple[MergedEvent, ...]) -> dict[str, tuple[str, ...]]:
        # A report's own name for its act first; an act's present id outweighs such an earlier one.
        named = {act_id(report): tuple(each.id for each in act.reports) for act in acts for report in act.reports}
        return named | {act.id: tuple(report.id for report in act.reports) for act in acts}

    def _named(self, target: str, named: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        return (target,) if target in self._stored else named.get(target, ())

    @cached_property
    def _corrections(self) -> tuple[dict[str, Event], tuple[str, ...]]:
        """The reports with every correction made, without those that were rejected one by one; and what failed."""
        standing = dict(self._stored)
        problems: list[str] = []
        # Acts first: what was said of one report outweighs what was said of the whole.
        for ruling in sorted(self._docket.rulings.values(), key=lambda each: (each.target in standing, each.target)):
            if ruling.verdict is Judgement.REJECTED:
                standing.pop(ruling.target, None)
            elif ruling.changes:
                for report_id in self._named(ruling.target, self._acts_as_stored):
                    if report_id in standing:
                        standing[report_id] = _corrected(standing[report_id], ruling, corrected_event, problems)
        return standing, tuple(problems)

    @cached_property
    def _merged(self) -> tuple[MergedEvent, ...]:
        acts = self._merge(self._corrections[0])
        rejected = {
            ruling.target
            for ruling in self._docket.rulings.values()
            if ruling.verdict is Judgement.REJECTED and ruling.target not in self._stored
        }
        if not rejected:
            return acts
        present = {act.id for act in acts}
        gone = {report.id for act in acts if act.id in rejected for report in act.reports}
        for target in rejected - present:
            gone.update(self._acts_as_stored.get(target, ()))
        return self._merge({key: report for key, report in self._corrections[0].items() if key not in gone})

    def _merge(self, reports: dict[str, Event]) -> tuple[MergedEvent, ...]:
        joined, parted = self._pairs
        return merge(tuple(reports.values()), joined=joined, parted=parted, named_after=self._stored)

    @cached_property
    def _by_id(self) -> dict[str, MergedEvent]:
        found: dict[str, MergedEvent] = {}
        for act in reversed(self._merged):
            for report in act.reports:
                found[act_id(self._stored[report.id])] = act
        for act in self._merged:
            for report in act.reports:
                found[report.id] = act
        return found | {act.id: act for act in self._merged}


def _corrected(fact: _Term, ruling: Ruling, correct: _Correct[_Term], problems: list[str]) -> _Term:
    try:
        return correct(fact, ruling.changes)
    except ComityError as error:
        problems.append(f"The correction of {ruling.target} was not made: {error.message}.")
        return fact
