"""Answers in kind beyond chance, the balance of conduct, and the two directions of trade."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from comity.measures import conduct_balance, contact_cadence, reciprocity, share_of_acts, trade_reciprocity
from comity.terms import Dyad, EventType, MergedEvent, Period, Precision, Rank, Status
from tests.measures.conftest import actor, event, observations, visit

DYAD = Dyad("BRA", "ARG")


def act(side: str, other: str, when: date, kind: EventType = EventType.REJECT) -> MergedEvent:
    """Return one side's act toward the other on a day."""
    return event(kind, (actor(side),), (actor(other),), when=Period(when, when, Precision.DAY))


def test_answers_in_kind_are_told_from_chance() -> None:
    """A side that answers each of twenty acts after five days is said to answer; the first side is not."""
    days = [date(2000, 1, 1) + timedelta(days=day) for day in sorted(Random(7).sample(range(7000), 20))]
    held = [act("BRA", "ARG", day) for day in days] + [act("ARG", "BRA", day + timedelta(days=5)) for day in days]
    by_argentina, by_brazil = reciprocity(DYAD, held)
    assert by_argentina.value == 100 and "answers beyond chance" in by_argentina.summary
    assert "no answering beyond chance can be claimed" in by_brazil.summary


def test_acts_at_random_are_no_answers() -> None:
    """Of forty dyads whose sides act at random no more than a few are said to answer (the test's level is 5 in 100)."""
    claimed = 0
    for seed in range(40):
        draw = Random(seed)
        held = [
            act(*sides, date(2000, 1, 1) + timedelta(days=draw.randrange(3000)))
            for sides in (("BRA", "ARG"), ("ARG", "BRA")) * 20
        ]
        claimed += sum("answers beyond chance" in one.summary for one in reciprocity(DYAD, held))
    assert claimed <= 10  # of 80; a binomial of 5 % exceeds it once in 400


def test_few_acts_say_nothing() -> None:
    """With fewer than ten dated acts of a side no answer is claimed, and meetings do not count."""
    held = [visit(Period.of_day(2015, 1, day), "BRA", "ARG") for day in range(1, 20)]
    for measure in reciprocity(DYAD, held):
        assert measure.value is None and "fewer than 10" in measure.summary


def test_acts_of_one_day_have_no_answers() -> None:
    """Where all acts are of one day nothing can be shifted, and nothing comes after anything."""
    when = Period.of_day(2015, 5, 5)
    held = [
        event(EventType.REJECT, (actor(side),), (actor(other),), when=when, documents=(f"doc-{number}",))
        for side, other in (("BRA", "ARG"), ("ARG", "BRA"))
        for number in range(12)
    ]
    for measure in reciprocity(DYAD, held):
        assert measure.value is None and measure.summary.endswith("all acts with a day are of one day.")


def test_the_balance_does_not_grow_with_what_is_read() -> None:
    """The same acts twice over have the same balance, with a narrower interval."""
    kinds = [EventType.AGREE] * 6 + [EventType.REJECT] * 4
    once = [act("BRA", "ARG", date(2010, 1, 1) + timedelta(days=place), kind) for place, kind in enumerate(kinds)]
    twice = once + [
        act("ARG", "BRA", date(2011, 1, 1) + timedelta(days=place), kind) for place, kind in enumerate(kinds)
    ]
    first, second = conduct_balance(DYAD, once), conduct_balance(DYAD, twice)
    assert first.value == pytest.approx(second.value)
    assert first.interval is not None and second.interval is not None
    assert second.interval.high - second.interval.low < first.interval.high - first.interval.low
    assert conduct_balance(DYAD, once[:4]).value is None


def test_acts_of_one_sign_have_a_balance_without_an_interval() -> None:
    """Where every act is cooperation each draw gives one: no range is claimed, and the sentence says so."""
    measure = conduct_balance(DYAD, [act("BRA", "ARG", date(2010, 1, day), EventType.AGREE) for day in range(1, 9)])
    assert measure.value == 1.0 and measure.interval is None
    assert "No interval can be given: all acts lie on one side." in measure.summary


def test_the_share_of_acts_counts_others() -> None:
    """Of four acts on record one is between the sides: 25 per cent."""
    held = [act("BRA", "ARG", date(2010, 1, 1)), *(act("BRA", "CHL", date(2010, 2, day)) for day in (1, 2, 3))]
    measure = share_of_acts(DYAD, held)
    assert measure.value == 25.0 and measure.points[0].value == 25.0 and len(measure.inputs) == 1


def test_reciprocity_of_trade() -> None:
    """Sales of 30 and 10 are reciprocated by half."""
    held = [*observations("exports", {2015: "30.0"}), *observations("imports", {2015: "10.0"})]
    measure = trade_reciprocity(DYAD, held)
    assert measure.value == pytest.approx(0.5) and "Argentina's exports to Brazil" in measure.summary


def test_the_reciprocity_of_trade_names_its_source_and_what_holds_of_either_direction() -> None:
    """Whose account it is, years that one direction lacks, and figures that the source derived are told of both directions."""
    held = observations("exports", {2014: "20.0", 2015: "30.0"})
    bought = tuple(replace(one, status=Status.DERIVED) for one in observations("imports", {2015: "10.0"}))
    caveats = trade_reciprocity(DYAD, [*held, *bought]).caveats
    assert "Brazil's account (Statistics Office, Yearbook, 2017)" in caveats[0]
    assert "Years for which one direction is missing are left out." in caveats
    assert "All figures are derived by the source, not as a state reported them." in caveats


def test_the_cadence_of_meetings_by_rank() -> None:
    """Foreign ministers who meet every second year are said to, and a long pause is set beside the earlier ones."""
    held = [visit(Period.of_day(year, 3, 1), "BRA", "ARG") for year in range(1996, 2011, 2)]
    held += [visit(Period.of_day(2001, 5, 1), "BRA", "ARG", rank=Rank.MINISTER)]
    measure = contact_cadence(DYAD, held, on=date(2018, 3, 1))
    of_ministers = {point.label: point for point in measure.points}["foreign ministers"]
    assert of_ministers.value == pytest.approx(730, abs=1) and of_ministers.interval is not None
    assert "had contacts of foreign ministers every 24 months" in measure.summary
    assert "longer than all of them" in measure.summary
    assert contact_cadence(DYAD, held[:3]).value is None
