"""How figures, periods, lists and events are put into words: the same everywhere in a brief and on the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal

from comity.terms import Actor, Event, EventType, Period, Precision, Quantity, Rank, Stance

_NUMBER_RANGE = re.compile(r"(?<![\w.,-])(\d{1,4})-(\d{1,4})(?![\w-]|[.,]\d)")

_ISO_DATE = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")
_STRAIGHT = re.compile(r'"([^"\n]*)"')
_MINUS = re.compile(r"(?<![\w.,)–-])-(?=\d|US\$|€|£|¥)")
_MONEY = re.compile(r"(US\$|€|£|¥) (?=\d)")
_AMOUNT = re.compile(r"(\d) (million|billion|trillion|per cent|%)(?!\w)")

_TYPES = {
    EventType.AGREE: "Agreement",
    EventType.CONSULT: "Consultation",
    EventType.SUPPORT: "Expression of support",
    EventType.CONCEDE: "Concession",
    EventType.COOPERATE: "Cooperation",
    EventType.AID: "Aid",
    EventType.RETREAT: "Easing of pressure",
    EventType.REQUEST: "Request",
    EventType.ACCUSE: "Criticism",
    EventType.REJECT: "Refusal",
    EventType.THREATEN: "Threat",
    EventType.PROTEST: "Protest",
    EventType.SANCTION: "Sanction",
    EventType.MOBILIZE: "Mobilisation",
    EventType.COERCE: "Coercion",
    EventType.ASSAULT: "Use of force",
}
_MODES = {
    (EventType.CONSULT, "visit"): "Visit",
    (EventType.CONSULT, "phone"): "Telephone call",
    (EventType.CONSULT, "multilateral"): "Multilateral meeting",
    (EventType.CONSULT, "third-party"): "Mediation",
    (EventType.REQUEST, "assist"): "Request for help",
    (EventType.REQUEST, "change"): "Demand for a change of policy",
    (EventType.REQUEST, "yield"): "Demand to yield",
    (EventType.REQUEST, "meet"): "Request to meet",
    (EventType.ACCUSE, "allege"): "Accusation",
    (EventType.ACCUSE, "investigate"): "Investigation",
    (EventType.REJECT, "assist"): "Refusal of help",
    (EventType.REJECT, "meet"): "Refusal to meet",
    (EventType.RETREAT, "ceasefire"): "Ceasefire",
    (EventType.RETREAT, "release"): "Release",
    (EventType.RETREAT, "withdraw"): "Withdrawal",
    (EventType.SANCTION, "expel"): "Expulsion of diplomats",
    (EventType.SANCTION, "discontinue"): "Halt to cooperation",
    (EventType.MOBILIZE, "troops"): "Mobilisation of troops",
}
_TOWARD = {
    EventType.AGREE: "with",
    EventType.CONSULT: "with",
    EventType.COOPERATE: "with",
    EventType.AID: "to",
    EventType.REQUEST: "to",
    EventType.THREATEN: "against",
    EventType.PROTEST: "against",
    EventType.SANCTION: "against",
    EventType.MOBILIZE: "against",
    EventType.COERCE: "against",
    EventType.ASSAULT: "against",
}
_RANKS = {
    Rank.HEAD_OF_STATE: "Heads of state",
    Rank.HEAD_OF_GOVERNMENT: "Heads of government",
    Rank.FOREIGN_MINISTER: "Foreign ministers",
    Rank.MINISTER: "Other ministers",
    Rank.SENIOR_OFFICIAL: "Senior officials",
    Rank.MILITARY_CHIEF: "Military chiefs",
    Rank.AMBASSADOR: "Ambassadors",
    Rank.LEGISLATOR: "Legislators",
    Rank.OFFICIAL: "Other officials",
    Rank.OTHER: "Other persons",
}
_STANCES = {
    Stance.SUPPORTS: "supports",
    Stance.WILLING: "is willing",
    Stance.CONDITIONAL: "attaches conditions",
    Stance.INDIFFERENT: "is reserved",
    Stance.CONCERNED: "is concerned",
    Stance.OPPOSES: "opposes",
}
_BODIES = {
    "IGO": "an international organisation",
    "UNO": "United Nations",
    "EUR": "European Union",
    "NGO": "a non-governmental organisation",
    "ISM": "an international social movement",
    "IMG": "an armed group",
    "MNC": "a multinational company",
}
_PRECISIONS = {
    Precision.DAY: "date known to the day",
    Precision.WEEK: "date known to the week",
    Precision.MONTH: "date known to the month only",
    Precision.QUARTER: "date known to the quarter only",
    Precision.SEASON: "date known to the season only",
    Precision.HALF_YEAR: "date known to the half-year only",
    Precision.YEAR: "date known to the year only",
    Precision.FISCAL_YEAR: "date known to the fiscal year only",
    Precision.DECADE: "date known to the decade only",
    Precision.CENTURY: "date known to the century only",
}
_SEASONS = {(3, 5): "Spring", (6, 8): "Summer", (9, 11): "Autumn", (12, 2): "Winter"}
_SCALES = {
    Decimal(10) ** 3: "thousand",
    Decimal(10) ** 5: "lakh",
    Decimal(10) ** 6: "million",
    Decimal(10) ** 7: "crore",
    Decimal(10) ** 9: "billion",
    Decimal(10) ** 12: "trillion",
}
FIXED = "\u00a0"  # keeps a figure and its unit on one line
_CURRENCIES = {"USD": "US$", "EUR": "€", "GBP": "£", "JPY": "¥"}


def counted(count: int, singular: str, plural: str = "") -> str:
    """Return "1 event", "2 events", "1,200 events"."""
    return f"{count:,} {singular if count == 1 else plural or singular + 's'}"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """Return "one", "one and two", "one, two and three"."""
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def typeset(text: str) -> str:
    """Return a sentence as it is printed: en dashes in ranges, true minus signs, figures on one line with their units.

    Straight double quotes are curled, ISO dates put into words; words and identifiers keep their hyphens. For sentences
    that Comity makes: what a source says is printed as it stands there.
    """
    text = _ISO_DATE.sub(_worded, text)
    text = _STRAIGHT.sub("“\\1”", text)
    text = _NUMBER_RANGE.sub("\\1–\\2", text)
    text = _MINUS.sub("−", text)
    text = _MONEY.sub(f"\\1{FIXED}", text)
    return _AMOUNT.sub(f"\\1{FIXED}\\2", text)


def _worded(found: re.Match[str]) -> str:
    try:
        on = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return found[0]
    return f"{on.day} {on:%B} {on.year}"


def period_text(period: Period) -> str:
    """Return the period as it is printed: "3–4 January 2018", "2016–17", "since 1947", "Summer 2016"."""
    if period.precision is Precision.SEASON and period.start is not None and period.end is not None:
        season = _SEASONS.get((period.start.month, period.end.month))
        if season is not None and (period.end - period.start).days < 100:
            return f"{season} {period.end.year}"
    return period.label.replace("-", "–")


def precision_text(period: Period) -> str:
    """Return how exactly the date is known: "date known to the month only"."""
    return _PRECISIONS[period.precision]


def number_text(value: Decimal | float, digits: int | None = None) -> str:
    """Return a figure with separators and a true minus sign; a Decimal keeps its printed digits.

    Args:
        value: the figure.
        digits: places after the point; by default those of a Decimal, and for a float as many as show three
            significant figures.
    """
    if isinstance(value, Decimal):
        if digits is None:
            exponent = value.as_tuple().exponent
            digits = max(0, -exponent) if isinstance(exponent, int) else 0
        text = f"{value:,.{digits}f}"
    else:
        if digits is None:
            size = abs(value)
            digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2
        text = f"{value:,.{digits}f}"
    if text.lstrip("-0.,") == "":
        text = text.lstrip("-")
    return text.replace("-", "−")


def unit_text(unit: str, scale: Decimal = Decimal(1)) -> str:
    """Return a unit with its scale for a heading or an axis: "US$ million", "per cent", "count"."""
    name = {
        "percent": "per cent",
        "percentage-point": "percentage points",
        "percent per year": "per cent a year",
        "count": "number",
        "PLOVER score": "points on the PLOVER scale",
    }.get(unit, _CURRENCIES.get(unit, unit))
    if scale == 1:
        return name
    return f"{name} {_SCALES.get(scale, f'× {number_text(scale.normalize())}')}"


def quantity_text(quantity: Quantity) -> str:
    """Return a printed figure with its unit, kept on one line: "US$ 45.2 million", "1.8 per cent", "about 3"."""
    about = "about " if quantity.approximate else ""
    number, scale = number_text(quantity.number), _SCALES.get(quantity.scale, "")
    if quantity.scale != 1 and not scale:
        number = f"{number} × {number_text(quantity.scale.normalize())}"
    tail = FIXED + scale if scale else ""
    if quantity.unit in _CURRENCIES or re.fullmatch(r"[A-Z]{3}", quantity.unit):
        return f"{about}{unit_text(quantity.unit)}{FIXED}{number}{tail}"
    unit = quantity.of if quantity.unit == "count" else unit_text(quantity.unit)
    return f"{about}{number}{tail}{FIXED + unit if unit else ''}"


def state_name(code: str, names: Mapping[str, str]) -> str:
    """Return the readers' name of a state or body."""
    return names.get(code) or _BODIES.get(code, code)


def possessive(name: str) -> str:
    """Return "Japan’s", "the Philippines’"."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


def rank_text(rank: Rank) -> str:
    """Return the plural name of a rank: "Heads of state"."""
    return _RANKS[rank]


def stance_text(stance: Stance) -> str:
    """Return the position as a predicate: "is concerned"."""
    return _STANCES[stance]


def kind_text(event: Event) -> str:
    """Return what kind of act the event is, in plain words: "Visit", "Demand for a change of policy"."""
    for mode in event.modes:
        name = _MODES.get((event.type, mode))
        if name is not None:
            return name
    return _TYPES[event.type]


def sides(actors: Sequence[Actor], names: Mapping[str, str]) -> str:
    """Return the names of the states on one side, each once: "Kenya and Uganda"."""
    return listed(dict.fromkeys(state_name(actor.code, names) for actor in actors))


def event_title(event: Event, names: Mapping[str, str]) -> str:
    """Return one line for an event: "Visit: Japan to Pakistan", "Agreement: India and Japan"."""
    kind = kind_text(event)
    if event.ordinal is not None:
        kind = f"{kind} ({ordinal_text(event.ordinal)} round)"
    actors = sides(event.actors, names)
    if not event.recipients:
        return f"{kind}: {actors}"
    recipients = sides(event.recipients, names)
    word = "to" if "visit" in event.modes else _TOWARD.get(event.type, "toward")
    return f"{kind}: {actors} {word} {recipients}"


def ordinal_text(number: int) -> str:
    """Return "1st", "2nd", "3rd", "11th"."""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def proposal_text(report: Event, confirmed: Set[str]) -> str:
    """Return "proposed by mistral-small, not confirmed" for what a second reader proposed; "" for any other report.

    `confirmed` holds the ids of the reports that a person accepted or corrected.
    """
    is_open = report.proposer and report.id not in confirmed
    return f"proposed by {report.proposer}, not confirmed" if is_open else ""


def people_text(event: Event, names: Mapping[str, str]) -> str:
    """Return the persons that the event names, with office and state; empty where it names none."""
    people = []
    for actor in event.actors + event.recipients:
        if not actor.person and not actor.office:
            continue
        who = " ".join(part for part in (actor.office, actor.person) if part)
        people.append(f"{who} ({state_name(actor.code, names)})")
    return "; ".join(dict.fromkeys(people))


def place_apart(event: Event, names: Mapping[str, str]) -> str:
    """Return the place to stand behind an event's title; empty where it is a state alone that the title names."""
    place = place_text(event, names)
    named = {state_name(actor.code, names) for actor in event.actors + event.recipients}
    return "" if place in named else place


def place_text(event: Event, names: Mapping[str, str]) -> str:
    """Return where it happened: "Islamabad, Pakistan"; empty where no place is known."""
    if event.place is None:
        return ""
    state = state_name(event.place.code, names)
    place = event.place.city or event.place.text
    return state if not place or place == state else f"{place}, {state}"


def shortened(text: str, limit: int) -> str:
    """Return the text in one line, cut at a word's end with an ellipsis where it is longer than `limit`."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    cut = line[:limit].rsplit(" ", 1)[0] or line[:limit]
    return f"{cut.rstrip(' ,;:.')} …"
