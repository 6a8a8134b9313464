"""What the data sets given offer to a panel, and which of it was asked for: nothing is picked where sources differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from comity.statistics import INDICATORS, Shelved, data_sources, entry, figure_view, vote_view
from comity.terms import WORLD, InvalidTerm

if TYPE_CHECKING:
    import duckdb

# Kinds of indicators whose figures hold while they hold, or always; figures of all other kinds are of one year.
HELD: Final = "status"
CONSTANT: Final = "constant"
_VOTES: Final = "votes"
# What is no indicator of the catalogue: how to get it.
_OTHERS: Final = {
    "leaders": "Archigos and REIGN are lists of leaders: add one to the sources, or give its file.",
    "events": "Run `comity build` in a workspace, or give a folder that `comity code --format parquet --out` wrote.",
}
# What a person may call several indicators by, besides the catalogue's families.
_GROUPS: Final = {"ideal-points": ("ideal-point", "ideal-point-final")}
# In the order in which they part what a source says of one indicator: what tells two columns apart goes into their names.
_MARKS: Final = ("status", "valuation", "unit", "base_year", "product")


@dataclass(frozen=True, slots=True)
class Variable:
    """What one source says of one indicator, all of one kind: one figure at most for a state or pair and year.

    Attributes:
        shape: "pair" (of one state on another), "world" (on all partners) or "alone" (of itself).
        yearly: whether its figures are of whole calendar years (always, for what holds while it holds).
        finer: how many figures of parts of years, or of fiscal years, the same files hold beside it.
        products: how many single products they hold beside it.
        first, last: years of the earliest and the latest figure; `last` is None where one is open.
        digests: the data files, by SHA-256.
        mark: what tells it from the source's other variables of the indicator; "" where there is none.
    """

    source: str
    indicator: str
    product: str
    unit: str
    valuation: str
    status: str
    base_year: int | None
    shape: str
    yearly: bool
    figures: int
    first: int
    last: int | None
    digests: tuple[str, ...]
    finer: int = 0
    products: int = 0
    mark: str = ""

    @property
    def kind(self) -> str:
        """The indicator's kind, "roll-call" for votes that are counted, or "leaders" or "events", which no catalogue holds."""
        if self.indicator in _OTHERS:
            return self.indicator
        return "roll-call" if self.is_roll_call else entry(self.indicator).indicator.kind

    @property
    def is_roll_call(self) -> bool:
        """Whether it is counted from a table of votes, and no figure of a file."""
        return self.unit == "roll call"

    @property
    def family(self) -> str:
        """The indicator's family in the catalogue."""
        return self.indicator if self.indicator in _OTHERS else entry(self.indicator).family

    @property
    def stem(self) -> str:
        """The first part of the names of its columns."""
        return self.indicator.replace("-", "_")

    @property
    def tail(self) -> str:
        """The last part of the names of its columns: the source, and what tells it from the source's others."""
        return "_".join(filter(None, (self.source.replace("-", "_"), self.mark)))


def offered(connection: duckdb.DuckDBPyConnection, shelf: Sequence[Shelved]) -> tuple[Variable, ...]:
    """Return what shelved data sets hold, by indicator and source; makes the views `figures` and `votes`."""
    figure_view(connection, shelf)
    vote_view(connection, shelf)
    kept = ", ".join(f"'{one.key}'" for one in INDICATORS if one.kind in (HELD, CONSTANT))
    found = connection.execute(f"""
        SELECT source, indicator, product, unit, valuation, status, base_year,
            CASE partner WHEN '{WORLD}' THEN 'world' WHEN '' THEN 'alone' ELSE 'pair' END AS shape,
            indicator IN ({kept}) OR (precision = 'year' AND month(start) = 1 AND day(start) = 1
                AND "end" = make_date(year(start), 12, 31)) AS yearly,
            count(*), min(year(start)), CASE WHEN count("end") = count(*) THEN max(year("end")) END,
            list_sort(list(DISTINCT digest))
        FROM figures GROUP BY ALL ORDER BY ALL
    """).fetchall()
    made = [Variable(*(*row[:12], tuple(row[12]))) for row in found]
    votes = connection.execute(
        "SELECT source, count(*), min(year(date)), max(year(date)), list_sort(list(DISTINCT digest)) "
        "FROM votes GROUP BY source ORDER BY source"
    ).fetchall()
    for source, count, first, last, digests in votes:
        for shape in ("pair", "alone"):
            made.append(
                Variable(
                    source,
                    _VOTES,
                    "",
                    "roll call",
                    "",
                    "derived",
                    None,
                    shape,
                    True,
                    count,
                    first,
                    last,
                    tuple(digests),
                )
            )
    return _marked(_whole(made))


def _whole(made: Sequence[Variable]) -> list[Variable]:
    """Return the variables without parts of years and single products where the whole stands beside them."""
    kept = []
    for one in made:
        beside = [other for other in made if _of_one_thing(one, other)]
        wholes = [other for other in beside if other.yearly and not other.product]
        if one.yearly and (not one.product or not wholes):
            finer = sum(other.figures for other in beside if not other.yearly)
            products = len({other.product for other in beside if other.yearly and other.product != one.product})
            kept.append(replace(one, finer=finer, products=0 if one.product else products))
        elif not any(other.yearly for other in beside):
            kept.append(one)
    return kept


def _of_one_thing(one: Variable, other: Variable) -> bool:
    return (one.source, one.indicator, one.shape, one.is_roll_call) == (
        other.source,
        other.indicator,
        other.shape,
        other.is_roll_call,
    )


def _marked(made: Sequence[Variable]) -> tuple[Variable, ...]:
    found = []
    for one in made:
        beside = [other for other in made if _of_one_thing(one, other) and other.yearly]
        parts = [
            str(getattr(one, name) or "")
            for name in _MARKS
            if len({getattr(other, name) for other in beside}) > 1 and one.yearly
        ]
        words = "_".join("".join(char if char.isalnum() else "_" for char in part.lower()) for part in parts if part)
        found.append(replace(one, mark=words))
    return tuple(found)


def chosen(
    names: Sequence[str], held: Sequence[Variable], *, by_state: bool, unread: Iterable[str] = ()
) -> tuple[Variable, ...]:
    """Return the variables that the names stand for, in the names' order.

    Args:
        names: families of the catalogue of indicators, or keys of indicators.
        held: what the data sets offer.
        by_state: whether the rows are state-years, which have no place for what is between two states.
        unread: what there is too, and is read only where it is asked for.

    Raises:
        InvalidTerm: a name means nothing, or nothing that the data sets hold can be put into such rows.
    """
    found: dict[Variable, None] = {}
    for name in names:
        keys = _keys(name)
        if not keys:
            offers = sorted({key for one in held for key in (one.family, one.indicator)}.union(unread))
            raise InvalidTerm(
                f"there is no variable {name!r}",
                remedy=f"The data sets given have: {', '.join(offers)}." if offers else "No data set is given.",
            )
        meant = [one for one in held if one.indicator in keys]
        if not meant:
            raise InvalidTerm(f"nothing that is given has {name!r}", remedy=_where(keys))
        placed = [one for one in meant if _has_place(one, by_state)]
        if not placed:
            raise InvalidTerm(
                f"{name!r} is between two states, and a state-year has no place for it",
                remedy="Ask for it with --dyads.",
            )
        fit = [one for one in placed if one.yearly and _is_whole(one, placed)]
        if not fit:
            raise InvalidTerm(_why_not(name, placed[0]), remedy="Get the publisher's figures of whole calendar years.")
        found |= dict.fromkeys(fit)
    return tuple(found)


def fitting(indicators: Iterable[str], shape: str, held: Iterable[Variable]) -> tuple[Variable, ...]:
    """Return what is held of the indicators in one shape, as far as it fits a panel: whole calendar years, all products."""
    keys = frozenset(indicators)
    placed = [one for one in held if one.indicator in keys and one.shape == shape and not one.is_roll_call]
    return tuple(one for one in placed if one.yearly and _is_whole(one, placed))


def _has_place(one: Variable, by_state: bool) -> bool:
    # Of a pair's roll calls it is told how the two voted together, of a state's how it voted.
    return one.shape != "pair" if by_state else not (one.is_roll_call and one.shape == "alone")


def _is_whole(one: Variable, beside: Iterable[Variable]) -> bool:
    """Whether the figures are of all products, or of the only one that there is; a price index is no part of another."""
    return (
        not one.product
        or one.family == "prices"
        or len({other.product for other in beside if _of_one_thing(one, other)}) == 1
    )


def _why_not(name: str, one: Variable) -> str:
    if not one.yearly:
        return (
            f"the figures of {name!r} in {one.source} are not of whole calendar years (quarters, months, fiscal years): "
            "such figures may stand several times in a year, and a panel does not add them up"
        )
    return f"the figures of {name!r} in {one.source} are of several single products, and a panel does not add them up"


def _keys(name: str) -> frozenset[str]:
    if name in _OTHERS:
        return frozenset({name})
    return frozenset(
        one.key for one in INDICATORS if name in (one.key, entry(one.key).family) or one.key in _GROUPS.get(name, ())
    )


def _where(keys: frozenset[str]) -> str:
    """Return which sources have an indicator."""
    keeping = []
    if others := keys & _OTHERS.keys():
        return _OTHERS[next(iter(others))]
    for one in data_sources().values():
        for layout in one.layouts:
            read = [layout.common, *(value.reading for value in layout.values)]
            read += [] if layout.choice is None else list(layout.choice.of.values())
            held = {reading.indicator for reading in read}
            if held & keys or (layout.roll_call is not None and _VOTES in keys):
                keeping.append(one.key)
    if not keeping:
        return "No source of the catalogue has any."
    return f"Sources that have them: {', '.join(dict.fromkeys(keeping))}. Get one by hand and give its file."
