"""Rises, falls and standstills that a text asserts are held against the figures of what they are said of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.checks import CheckReport, Evidence, check
from comity.terms import Severity, Verdict
from tests.checks.builders import document, observations

_COLUMNS = {1: "exports", 2: "imports", 3: "total-trade"}


def _report(prose: str, rows: list[tuple[float, float]], *, first: int = 2013) -> CheckReport:
    lines = [f"| {first + index} | {x:.1f} | {y:.1f} | {x + y:.1f} |" for index, (x, y) in enumerate(rows)]
    doc = document(
        f"{prose}\n\nCaption: Kenya's Trade with Uganda (US$ million)\n\n| Year | Exports | Imports | Total |\n|--|--|--|--|\n"
        + "\n".join(lines)
    )
    return check(doc, Evidence(observations=observations(doc, reporter="KEN", partner="UGA", indicators=_COLUMNS)))


def _verdicts(prose: str, rows: list[tuple[float, float]]) -> list[tuple[str, str]]:
    claims = [claim for claim in _report(prose, rows).claims if claim.rule == "TRD001"]
    return [(claim.evidence[0].text, claim.verdict.value) for claim in claims]


_ROWS = [(350.0, 160.0), (400.0, 190.0), (450.0, 200.0), (520.0, 240.0), (610.0, 295.0)]
_FALLING = [(610.0, 295.0), (520.0, 240.0), (450.0, 200.0), (400.0, 190.0), (350.0, 160.0)]


@pytest.mark.parametrize(
    "prose",
    [
        "Kenya's exports to Uganda have soared.",
        "Kenyan exports to Uganda rose between 2013 and 2017.",
        "Ugandan imports from Kenya have risen sharply since 2013.",
        "Exports to Uganda grew steadily.",
        "The value of Ugandan exports to Kenya increased in 2016.",
        "Bilateral trade has expanded over the past five years.",
        "Trade between Kenya and Uganda grew by 77 per cent between 2013 and 2017.",
        "Uganda saw a marked rise in Kenyan exports to Uganda between 2013 and 2017.",
        "Kenya saw its exports to Uganda climb from 2013 to 2017.",
        "From 2013 to 2017 exports to Uganda grew.",
        "Ugandan exports to Kenya, which had been small, climbed during 2013-2017.",
    ],
)
def test_claims_that_hold_are_confirmed_with_their_cells(prose: str) -> None:
    """A rise that the figures show is confirmed, from whichever side it is named."""
    report = _report(prose, _ROWS)
    (claim,) = (claim for claim in report.claims if claim.rule == "TRD001")
    assert claim.verdict is Verdict.CONFIRMED
    assert len(claim.evidence) >= 3
    assert not report.findings


@pytest.mark.parametrize(
    "prose",
    [
        "Ugandan exports to Kenya have declined, as the table below shows.",
        "Kenya's imports from Uganda plummeted between 2013 and 2017.",
        "Trade between the two countries shrank from 2013 to 2017.",
        "Trade between Kenya and Uganda grew by 51 per cent between 2013 and 2017.",
        "There was a sharp decline in Ugandan exports to Kenya between 2013 and 2017.",
        "Kenya's exports to Uganda remained stable during 2013-2017.",
    ],
)
def test_claims_that_the_figures_contradict_are_errors(prose: str) -> None:
    """A fall or standstill where ends and slope rose is an error that points at the cells."""
    report = _report(prose, _ROWS)
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("TRD001", Severity.ERROR)
    assert [span.text for span in finding.spans[1:]] != []


def test_a_pronoun_takes_the_flow_before_it() -> None:
    """A pronoun in the same sentence or at the head of the next stands for the flow just named."""
    same = "Uganda relied on Kenyan exports to Uganda, this, however, has declined during 2013-2017."
    following = "There are Kenyan exports to Uganda. These have declined during 2013-2017."
    for prose in (same, following):
        assert [verdict for _, verdict in _verdicts(prose, _ROWS)] == ["contradicted"]


@pytest.mark.parametrize(
    "prose",
    [
        "Kenyan exports to Uganda may decline.",
        "Kenyan exports to Uganda did not fall.",
        "Kenyan tea exports to Uganda declined between 2013 and 2017.",
        "Exports of tea from Kenya declined between 2013 and 2017.",
        "The share of Kenyan exports to Uganda in the total declined between 2013 and 2017.",
        "The growth of Kenyan exports to Uganda declined between 2013 and 2017.",
        "Kenya's exports to Uganda's northern districts declined between 2013 and 2017.",
        "Kenya's total exports declined between 2013 and 2017.",
        "Kenya and Uganda declined to comment on Kenyan exports to Uganda.",
        "Kenyan exports to Uganda reduced the deficit, which declined between 2013 and 2017.",
        "Tariffs on Kenyan exports to Uganda are unpopular and support for them has fallen since 2013.",
        "Kenyan exports to Uganda fell in March 2016.",
        "Kenyan exports to Uganda grew by 3 per cent a year between 2013 and 2017.",
        "The road prevented a decline in Kenyan exports to Uganda between 2013 and 2017.",
        "A decline in Kenyan exports to Uganda between 2013 and 2017 was averted.",
        "In recent months Kenyan exports to Uganda declined.",
        "Kenyan exports to Uganda fell short of hopes between 2013 and 2017.",
        "Without the road, Kenyan exports to Uganda would have fallen since 2013.",
    ],
)
def test_what_is_not_plainly_said_of_the_flow_raises_no_alarm(prose: str) -> None:
    """Negations, forecasts, parts of a flow, shares and other subjects are not read as claims about it."""
    assert not [finding for finding in _report(prose, _ROWS).findings if finding.code == "TRD001"]


@pytest.mark.parametrize(
    "prose",
    [
        "Kenyan exports to Uganda have declined since 1995.",
        "Kenyan exports declined between 2013 and 2017.",
        "Kenyan exports to Rwanda declined between 2013 and 2017.",
    ],
)
def test_claims_beyond_the_figures_are_not_checkable(prose: str) -> None:
    """A time, a partner or a flow that the figures do not cover leaves the claim open."""
    assert [verdict for _, verdict in _verdicts(prose, _ROWS)] == ["not_checkable"]


def test_mixed_figures_decide_nothing() -> None:
    """Where the ends fell and the slope rose, "declined" and "grew" are both left open."""
    rows = [(500.0, 1.0), (300.0, 1.0), (380.0, 1.0), (420.0, 1.0), (480.0, 1.0)]
    for verb in ("declined", "grew"):
        assert [v for _, v in _verdicts(f"Kenyan exports to Uganda {verb} since 2013.", rows)] == ["not_checkable"]


def test_strong_and_slight_words_ask_for_their_size() -> None:
    """A fall of a fifth bears "plunged" out; a fall of 3 per cent leaves it open; a rise of 5 per cent is slight."""
    small = [(100.0, 100.0), (99.0, 102.0), (97.0, 105.0)]
    assert _verdicts("Kenyan exports to Uganda plunged.", _FALLING)[0][1] == "confirmed"
    assert _verdicts("Kenyan exports to Uganda plunged.", small)[0][1] == "not_checkable"
    assert _verdicts("Kenyan imports from Uganda increased slightly.", small)[0][1] == "confirmed"
    assert _verdicts("Kenyan exports to Uganda increased slightly.", _ROWS)[0][1] == "not_checkable"


def test_multiples_are_held_against_the_ratio_of_the_ends() -> None:
    """The word "doubled" needs about twice, "tripled" about three times the first figure."""
    rows = [(100.0, 100.0), (150.0, 180.0), (205.0, 310.0)]
    assert _verdicts("Kenyan exports to Uganda have doubled since 2013.", rows)[0][1] == "confirmed"
    assert _verdicts("Kenyan imports from Uganda have tripled since 2013.", rows)[0][1] == "confirmed"
    assert _verdicts("Kenyan exports to Uganda have tripled since 2013.", rows)[0][1] == "contradicted"


def test_one_year_is_compared_with_the_year_before() -> None:
    """A fall in 2015 is looked for in 2014 and 2015 only."""
    rows = [(100.0, 1.0), (300.0, 1.0), (200.0, 1.0), (400.0, 1.0)]
    assert _verdicts("Kenyan exports to Uganda fell in 2015.", rows)[0][1] == "confirmed"
    assert _verdicts("Kenyan exports to Uganda fell in 2016.", rows)[0][1] == "contradicted"


@given(st.lists(st.floats(50, 5000), min_size=2, max_size=9))
def test_no_run_of_figures_both_rose_and_fell(values: list[float]) -> None:
    """Whatever the figures, "rose" and "fell" are never both confirmed nor both contradicted."""
    rows = [(value, 1.0) for value in values]
    verdicts = {_verdicts(f"Kenyan exports to Uganda {verb} since 2013.", rows)[0][1] for verb in ("rose", "fell")}
    assert verdicts == {"not_checkable"} or verdicts >= {"confirmed"} or verdicts == {"contradicted", "not_checkable"}
    assert len(verdicts) == 2 or verdicts == {"not_checkable"}


_STILL = [(20.7, 30.0), (20.9, 33.0), (20.6, 28.0), (20.5, 36.0)]


@pytest.mark.parametrize(
    ("prose", "severity"),
    [
        ("Kenya's exports to Uganda have plummeted since 2013.", Severity.WARNING),
        ("Kenyan exports to Uganda soared between 2013 and 2016.", Severity.ERROR),
        ("Exports have plummeted since 2013.", Severity.WARNING),
        ("Trade between Kenya and Uganda is small. Exports have soared since 2013.", Severity.ERROR),
        ("Ugandan exports to Kenya have been rising steadily since 2013.", Severity.WARNING),
        ("Kenyan imports from Uganda grew steadily between 2013 and 2016.", Severity.WARNING),
        ("Kenyan exports to Uganda have been rising steadily since 2013.", Severity.WARNING),
    ],
)
def test_strong_and_steady_words_are_contradicted_where_nothing_of_the_kind_is_printed(
    prose: str, severity: Severity
) -> None:
    """A plunge between figures that hardly differ, or a steady rise with a fall of a tenth in it, is told."""
    (finding,) = (one for one in _report(prose, _STILL).findings if one.code == "TRD001")
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("prose", "rows"),
    [
        # A fall of 6 per cent: too small to confirm "plummeted", not so small that it is wrong.
        ("Kenyan exports to Uganda have plummeted since 2014.", [(100.0, 1.0), (100.0, 1.0), (97.0, 1.0), (94.0, 1.0)]),
        # The plunge came with the year that is named, and ended before its own figure.
        ("Kenyan exports to Uganda have plummeted since 2014.", [(200.0, 1.0), (100.0, 1.0), (99.0, 1.0), (98.0, 1.0)]),
        ("Kenyan exports to Uganda fell sharply in 2014.", [(100.0, 1.0), (96.0, 1.0)]),
        # A dip of 3 per cent on the way up.
        (
            "Kenyan exports to Uganda rose steadily since 2013.",
            [(100.0, 1.0), (120.0, 1.0), (117.0, 1.0), (150.0, 1.0)],
        ),
        # Long ago, and no time is named.
        ("Kenyan exports to Uganda are rising steadily.", [(100.0, 1.0), (80.0, 1.0), (117.0, 1.0), (150.0, 1.0)]),
        # One digit is printed: 1.4 and 0.6 billion would both read so.
        ("Kenyan exports to Uganda have plummeted since 2013.", [(2.0, 1.0), (2.0, 1.0), (1.9, 1.0)]),
    ],
)
def test_strong_and_steady_words_that_may_hold_raise_no_alarm(prose: str, rows: list[tuple[float, float]]) -> None:
    """What is only a matter of degree, of another base year or of printed digits is left open."""
    assert [verdict for _, verdict in _verdicts(prose, rows)] in (["not_checkable"], ["confirmed"])


@pytest.mark.parametrize(
    "prose",
    [
        "Kenyan exports to Uganda have plummeted since 2013.",
        "Exports have plummeted since 2013.",
        "Trade with Uganda suffers: exports plunged between 2013 and 2017, while imports fell steadily.",
    ],
)
def test_true_strong_and_steady_words_are_confirmed(prose: str) -> None:
    """A plunge that the figures show is confirmed, also where the flow is called exports alone beside the table."""
    report = _report(prose, _FALLING)
    assert not report.findings
    assert {claim.verdict for claim in report.claims if claim.rule == "TRD001"} == {Verdict.CONFIRMED}


@pytest.mark.parametrize(
    "prose",
    [
        "Kenya's economy is in trouble. Exports have plummeted since 2013.",
        "Total exports have plummeted since 2013.",
        "Exports to all markets have plummeted since 2013.",
        "Tea exports have plummeted since 2013.",
        "Rwanda and Kenya trade as well. Exports have plummeted since 2013.",
        "Exports to Rwanda have plummeted since 2013.",
        "Exports of tea have plummeted since 2013.",
        "Exports from Rwanda are small, and exports have plummeted since 2013.",
    ],
)
def test_exports_alone_are_not_the_pairs_where_others_may_be_meant(prose: str) -> None:
    """Away from the table, or where all partners, another state or one kind of goods is spoken of, nothing is said."""
    doc_text = f"{prose}\n\nThe road is long."
    assert not [one for one in _report(doc_text, _ROWS).findings if one.code == "TRD001"]


def test_the_cells_of_a_finding_are_labelled_in_words() -> None:
    """A label names what the cell holds, not the catalogue's key."""
    doc = document(
        "Ugandan investment in Kenya declined between 2013 and 2016.\n\nCaption: Uganda's FDI in Kenya (US$ million)\n\n"
        "| Year | Inflow |\n|--|--|\n| 2013 | 10.5 |\n| 2014 | 12.5 |\n| 2015 | 14.5 |\n| 2016 | 17.5 |"
    )
    found = observations(doc, reporter="KEN", partner="UGA", indicators={1: "fdi-inflow"})
    (finding,) = check(doc, Evidence(observations=found)).findings
    assert [span.label for span in finding.spans[1:]] == [f"FDI inflows, {year}" for year in range(2013, 2017)]
