"""Figures, spans of time and names as a measure's sentence words them."""

from __future__ import annotations

import calendar as _months
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from comity.measures.printed import Printed
from comity.states import in_text, state
from comity.terms import Dyad, Period, StateError

# Each scale with the size from which it is used: 2,132.6 million stays beside a printed 2,132 million, where "2.133 billion"
# would look like another figure.
_SCALES = (
    (Decimal(10) ** 12, Decimal(10) ** 13, " trillion"),
    (Decimal(10) ** 9, Decimal(10) ** 10, " billion"),
    (Decimal(10) ** 6, Decimal(10) ** 6, " million"),
    (Decimal(1), Decimal(0), ""),
)
_CURRENCY_SIGNS = {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_DAYS_A_YEAR = 365.25
# Of a figure printed to more digits than are shown here.
_EXACT = "exact as far as shown"


def state_name(code: str) -> str:
    """Return the state's short name as it stands within a sentence, or the code where states/ does not know it."""
    try:
        return in_text(code)
    except StateError:
        return code


def ended(dyad: Dyad, until: date | None = None) -> str:
    """Return which of the two states is no more, or was no more on the day `until`: "Soviet Union ended in 1991"; "" where none."""
    told = []
    for code in (dyad.first, dyad.second):
        try:
            last = state(code).end
        except StateError:
            continue
        if last is not None and (until is None or last < until):
            told.append(f"{in_text(code)} ended in {last.year}")
    return listed(told)


def hundredths(probabilities: Sequence[float]) -> list[int]:
    """Return probabilities in hundredths that add up to 100: what rounding leaves over goes to the largest."""
    found = [round(100 * one) for one in probabilities]
    found[found.index(max(found))] += 100 - sum(found)
    return found


def possessive(name: str) -> str:
    """Return "Japan's", "the Philippines'"."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


# From here on an amount has more digits than arithmetic keeps.
_BEYOND = Decimal("1e21")


def amount(value: Decimal, unit: str, digits: int = 4, *, beside: Decimal = Decimal(0)) -> str:
    """Return "US$ 2,132.6 million", "1,204", "45.2 tonne": so many significant digits, and one place at least.

    Whole numbers below a million stay whole; from ten thousand million on it is billions. A number that stands `beside` a
    larger one is in its scale: "7.55 billion to 12.5 billion".
    """
    scale, word = next((scale, word) for scale, least, word in _SCALES if max(abs(value), abs(beside)) >= least)
    if abs(value) >= _BEYOND:  # no such amount exists; it is shown as it is, and not spelt out
        return f"{value:.{digits - 1}e} {unit}"
    scaled = abs(value) / scale
    whole_digits = len(str(int(scaled)))
    places = max(1, digits - whole_digits) if scale != 1 or scaled != scaled.to_integral_value() else 0
    shown = f"{scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):,f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    sign = "-" if value < 0 and any(digit in "123456789" for digit in shown) else ""
    if unit == "count":
        return f"{sign}{shown}{word}"
    if len(unit) == 3 and unit.isupper():
        return f"{sign}{_CURRENCY_SIGNS.get(unit, unit)} {shown}{word}"
    return f"{sign}{shown}{word} {unit}"


def between(value: Printed, unit: str) -> str:
    """Return "X to Y by the printed digits" with as many digits as tell the two apart, if six do."""
    for digits in range(4, 7):
        low, high = amount(value.low, unit, digits), amount(value.high, unit, digits)
        if low != high:
            return f"{low} to {high} by the printed digits"
    return _EXACT


def percent_between(value: Printed, *, signed: bool = False) -> str:
    """Return a range of per cents (not ratios) with as many places as tell the two apart: "8.02 to 8.04 per cent"."""
    sign = "+" if signed else ""
    for places in range(1, 5):
        low, high = f"{value.low:{sign}.{places}f}", f"{value.high:{sign}.{places}f}"
        if low != high:
            return f"{low} to {high} per cent by the printed digits"
    return _EXACT


def percent(value: Decimal | float, places: int = 1) -> str:
    """Return a share or rate given as a ratio in per cent: "12.4 per cent"."""
    return f"{float(value) * 100:.{places}f} per cent"


def span(periods: Sequence[Period]) -> str:
    """Return "2012-2016", "2012-13 to 2016-17" or the one period's label."""
    first, last = periods[0], periods[-1]
    if first == last:
        return first.label
    if first.precision == last.precision and first.fiscal is None:
        return (
            f"{first.label}-{last.label}"
            if first.label.isdigit() and last.label.isdigit()
            else f"{first.label} to {last.label}"
        )
    return f"{first.label} to {last.label}"


def over(periods: Sequence[Period]) -> str:
    """Return the span of what is summed or compared; where years between its ends are missing, how many it has: "57 years of 1887-2014"."""
    years = {period.start.year for period in periods if period.start is not None}
    is_whole = not years or len(years) > max(years) - min(years)
    return span(periods) if is_whole else f"{plural(len(periods), 'year')} of {span(periods)}"


def year_label(year: int, like: Period) -> str:
    """Return the name of the year that begins in `year`, of the kind that a line has: "2016", or "2016-17" by fiscal years."""
    return like.fiscal.begins_in(year).label if like.fiscal is not None else str(year)


def without_figure(periods: Sequence[Period]) -> list[int]:
    """Return the years between the first and the last period that have none, by when they begin."""
    held = {period.start.year for period in periods if period.start is not None}
    return [year for year in range(min(held), max(held)) if year not in held] if held else []


def absent(periods: Sequence[Period]) -> str:
    """Return which years between the first and the last have no figure: "1905, 1908 and 1923-1991"; "" where none."""
    missing = without_figure(periods)
    if missing and periods[0].fiscal is not None:
        ends = [[year_label(int(end), periods[0]) for end in run.split("-")] for run in runs(missing)]
        return listed([" to ".join(run) for run in ends])
    return listed(runs(missing))


def where(values: Sequence[tuple[str, Decimal]], value: Decimal) -> str:
    """Return which of the labelled values is that one: "1887", or "1887 and 10 other years"."""
    labels = [label for label, one in values if one == value]
    others = len(labels) - 1
    return f"{labels[0]} and {plural(others, 'other year')}" if others else labels[0]


def runs(years: Iterable[int]) -> list[str]:
    """Return "1962-1970", "1972": years that follow one another as one."""
    found: list[list[int]] = []
    for year in sorted(years):
        if found and year == found[-1][-1] + 1:
            found[-1].append(year)
        else:
            found.append([year])
    return [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in found]


def years_of(period: Period) -> str:
    """Return which kind of years a period is one of: "calendar years", "fiscal years (July to June)"."""
    if period.fiscal is None or period.start is None or period.end is None:
        return "calendar years"
    after = period.end + timedelta(days=1)
    if period.start.day == after.day == 1:
        return f"fiscal years ({_months.month_name[period.start.month]} to {_months.month_name[period.end.month]})"
    ends = (f"{one.day} {_months.month_name[one.month]}" for one in (period.start, period.end))
    return f"fiscal years ({' to '.join(ends)})"


def duration(days: float) -> str:
    """Return a length of time in words, in years from two years on, in days below three months."""
    if days < 90:
        return f"{days:.0f} day{'' if round(days) == 1 else 's'}"
    if days < 2 * _DAYS_A_YEAR:
        return f"{days / _DAYS_A_YEAR * 12:.0f} months"
    return f"{days / _DAYS_A_YEAR:.1f} years"


def listed(words: Sequence[str]) -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def plural(count: int, word: str) -> str:
    """Return "1 contact", "3 contacts"."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
