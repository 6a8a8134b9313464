"""Where the other side stands among a side's partners: its rank and its percentile."""

from __future__ import annotations

from collections.abc import Mapping

from comity.measures.answers import Answer, Question
from comity.measures.printed import Printed
from comity.measures.wording import amount, plural, possessive, state_name
from comity.terms import Dyad, Interval, Measure, Period

_METHOD = (
    "The other side's rank among all partners for which the same source has a figure of the same year, and the share of these that lie below it, "
    "ties counted half (the mid-rank percentile). The interval is what the printed digits of all figures allow."
)
# A percentile among fewer partners is a rank in other words.
FEWEST_PARTNERS = 10


def standing(
    dyad: Dyad, side: str, flow: str, period: Period, unit: str, figures: Mapping[str, Printed], inputs: tuple[str, ...]
) -> Measure:
    """Return the rank and percentile of the other side among `side`'s partners in one flow of one year.

    Args:
        dyad: the two sides.
        side: whose partners are compared.
        flow: "exports" or "imports" of that side.
        period: the year.
        unit: of the figures.
        figures: the side's figure with each partner, by code.
        inputs: the ids of the observations of the pair itself.
    """
    other = dyad.other(side)
    title = f"{possessive(state_name(other))} place in {possessive(state_name(side))} {flow}"
    question = Question(f"standing-{flow}-{side}", title, "percentile", _METHOD)
    if other not in figures:
        return question.unanswered(
            dyad, f"{title} cannot be told: the source has no figure of the pair in {period.label}."
        )
    if len(figures) < FEWEST_PARTNERS:
        why = f"{title} cannot be told: the source has figures of {plural(len(figures), 'partner')} only."
        return question.unanswered(dyad, why)
    own = figures[other]
    others = [figure for code, figure in figures.items() if code != other]
    above = sum(figure.value > own.value for figure in others)
    equal = sum(figure.value == own.value for figure in others)
    middle = _percentile(sum(figure.value < own.value for figure in others), equal, len(others))
    low = _percentile(sum(figure.high < own.low for figure in others), 0, len(others))
    high = _percentile(sum(figure.low <= own.high for figure in others), 0, len(others))
    kind = "buyer" if flow == "exports" else "supplier"
    summary = (
        f"{state_name(other)} was {possessive(state_name(side))} {_ordinal(above + 1)} largest {kind} of {len(figures)} in {period.label}, with "
        f"{amount(own.value, unit)}: more than {middle:.0f} per cent of the others."
    )
    interval = Interval(min(low, middle), max(high, middle), 1.0, "printed-digits")
    return question.answered(dyad, summary, Answer(middle, interval, (), inputs))


def _percentile(below: int, equal: int, others: int) -> float:
    return 100 * (below + equal / 2) / others


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
