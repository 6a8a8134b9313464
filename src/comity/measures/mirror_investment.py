"""Mirror view of direct investment: what the investor's and the host's side report of the same stock or flow, side by side.

Both sides' accounts of direct investment lie far apart also where each follows the same standard (Angulo and Hierro 2017,
"Asymmetries in the Coordinated Direct Investment Survey: What Lies Behind?", IMF Working Paper 17/261). The rule is that of trade
in goods with nothing to adjust: all accounts are shown, a copy or what a source derived is no second witness, and the range runs
from the lowest to the highest witness. One report alone has no range: how far two lie apart was not measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from comity.measures.answers import Answer, Question
from comity.measures.candidates import Flow, candidates, investor_of, other_candidates
from comity.measures.mirror_accounts import (
    Account,
    account_point,
    accounts_of,
    copies_among,
    copy_caveats,
    reported_points,
    second_hand_caveats,
    witnesses_of,
)
from comity.measures.printed import Printed
from comity.measures.wording import amount, listed, state_name
from comity.terms import Dyad, Interval, Measure, MeasurePoint, Observation, Period, Status

_METHOD = (
    "All accounts side by side. Accounts that are another's to the last digit over three years or more, and figures that a source "
    "derived or imputed, are no witnesses of their own. The range runs from the lowest to the highest witness; one alone has none."
)
_WHY_APART = (
    "Reports of the same investment differ also where both sides keep to the standard: by valuation, by coverage, and by which "
    "investors and firms count where these are held through third countries (Angulo and Hierro 2017, IMF Working Paper 17/261)."
)


def mirror_investment(dyad: Dyad, observations: Iterable[Observation]) -> tuple[Measure, ...]:
    """Return the accounts of each side's direct investment in the other, stocks and flows, where there are two or more."""
    held = list(observations)
    second_hand = {one.id for one in held if one.status is not Status.REPORTED}
    stocks = other_candidates(dyad, held)
    flows = [one for one in candidates(dyad, held) if one.flow.family == "fdi"]
    measures = []
    for owner in (dyad.first, dyad.second):
        whole = Flow("fdi", owner).title(dyad)
        for key, title, verb, of_owner in (
            (
                "investment-stock",
                f"the stock of {whole}",
                "is",
                [one for one in stocks if investor_of(one.series) == owner],
            ),
            ("investment", f"flows of {whole}", "are", [one for one in flows if one.flow.origin == owner]),
        ):
            for unit in sorted({one.series.unit for one in of_owner}):
                found = accounts_of([one for one in of_owner if one.series.unit == unit], second_hand, noun="figures")
                if len(found) > 1:
                    key_of_unit = f"mirror-{key}-{owner}" + ("" if unit == "USD" else f"-{unit}")
                    measures.append(_measure(dyad, key_of_unit, title, verb, found))
    return tuple(measures)


def _measure(dyad: Dyad, key: str, title: str, verb: str, accounts: Sequence[Account]) -> Measure:
    unit = accounts[0].candidate.series.unit
    question = Question(key, f"{title}, as each side reports {'it' if verb == 'is' else 'them'}", unit, _METHOD)
    copied = copies_among(accounts)
    points: list[MeasurePoint] = []
    ranges: list[tuple[Period, Interval, list[Printed]]] = []
    for period in sorted({period for one in accounts for period in one.figures}, key=lambda one: one.sort_key):
        present = [one for one in accounts if period in one.figures]
        points += reported_points(present, period)
        witnesses = witnesses_of(present, period, copied)
        if len(witnesses) > 1:
            figures = [one.figures[period] for one in witnesses]
            interval = Interval(
                float(min(one.low for one in figures)), float(max(one.high for one in figures)), 1.0, "reports"
            )
            inputs = [each for one in witnesses for each in one.inputs[period]]
            middle = (interval.low + interval.high) / 2
            points.append(account_point(period, middle, "range of the reports", interval, inputs))
            ranges.append((period, interval, figures))
    caveats = (*copy_caveats(copied), *second_hand_caveats(accounts))
    if not ranges:
        sides = listed([state_name(code) for code in (dyad.first, dyad.second)])
        why = f"No year has two independent reports of {title} on record; reports of {sides} are both needed."
        return question.unanswered(dyad, why, caveats)
    period, interval, shown = ranges[-1]
    told = [one.told(period, unit) for one in accounts if period in one.figures]
    low, high = min(one.value for one in shown), max(one.value for one in shown)
    summary = (
        f"{title} in {period.label} {verb} put between {amount(low, unit, beside=high)} and {amount(high, unit)} by the reports that count. "
        f"All reports: {listed(told)}."
    )
    return question.answered(dyad, summary, Answer(None, interval, tuple(points), caveats=(_WHY_APART, *caveats)))
