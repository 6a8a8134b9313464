"""What of the shelf serves a gravity equation: one source of trade, one of each covariate, chosen by rules that are told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.flow.panel_columns import condition, is_moving
from comity.flow.panel_variables import Variable, fitting
from comity.measures import runs
from comity.statistics import entry
from comity.terms import Dyad, InvalidTerm

if TYPE_CHECKING:
    import duckdb

# A source, or a year, is wide where it has half as many figures as the widest one at least.
_WIDE: Final = 0.5
# In the order in which one source's distances are taken. Between cities and weighted by people, as a harmonic mean, which
# agrees with an elasticity of trade to distance of about -1: Head and Mayer 2002, "Illusory border effects", CEPII Working
# Paper 2002-01.
_DISTANCES: Final = ("distance-harmonic", "distance-weighted", "distance", "distance-capitals")
_TIES: Final = ("contiguity", "common-language", "colonial-tie")
# Trade is in current prices, and so a product in current prices is taken first.
_PRODUCTS: Final = ("gdp", "gdp-log")


@dataclass(frozen=True, slots=True)
class Trade:
    """What one source says of the trade between pairs of states: one side's reports, of one kind.

    Attributes:
        pairs: how many directed pairs have a figure, by year.
        own: years in which it has a figure between the two states of the dyad.
    """

    variable: Variable
    pairs: Mapping[int, int]
    own: frozenset[int]

    @property
    def name(self) -> str:
        """By what a person may choose it: "imports_cow_trade"."""
        return f"{self.variable.stem}_{self.variable.tail}"

    @property
    def widest(self) -> int:
        """The pairs of the year that has most."""
        return max(self.pairs.values(), default=0)

    @property
    def last(self) -> int | None:
        """The last wide year in which the dyad has a figure; None where there is none."""
        wide = [year for year in self.own if self.pairs[year] >= _WIDE * self.widest]
        return max(wide, default=None)

    @property
    def serves(self) -> bool:
        """Whether it has the dyad, and other pairs to hold it against."""
        return self.last is not None and self.widest > 2

    @property
    def words(self) -> str:
        """Whose figures these are, and how many."""
        side = {"exports": "the exporters'", "imports": "the importers'"}[self.variable.indicator]
        kind = ", ".join(filter(None, (self.variable.valuation, self.variable.status, self.variable.product)))
        kind = f" ({kind})" if kind else ""
        return f"{self.variable.source}, {side} figures{kind}, {', '.join(runs(self.pairs))}, up to {self.widest:,} pairs a year"


@dataclass(frozen=True, slots=True)
class Geography:
    """A covariate of pairs.

    Attributes:
        constant: whether each pair has one figure only in its source, which then stands in all years.
        pairs: how many directed pairs have a figure.
        has_dyad: whether the dyad is among them.
    """

    variable: Variable
    constant: bool
    pairs: int
    has_dyad: bool


def trade_held(connection: duckdb.DuckDBPyConnection, held: Iterable[Variable], dyad: Dyad) -> tuple[Trade, ...]:
    """Return what the view `figures` holds of trade between pairs, source by source; best first, as `chosen_trade` says."""
    found = []
    for one in fitting(("exports", "imports"), "pair", held):
        rows = connection.execute(
            "SELECT year(start), count(DISTINCT (reporter, partner)), bool_or(reporter IN (?, ?) AND partner IN (?, ?)) "
            f"FROM figures WHERE {condition(one)} GROUP BY ALL",
            [*dyad.codes, *dyad.codes],
        ).fetchall()
        own = frozenset(year for year, _, has_dyad in rows if has_dyad)
        found.append(Trade(one, {year: pairs for year, pairs, _ in rows}, own))
    widest = max((one.widest for one in found), default=0)

    def rank(one: Trade) -> tuple[object, ...]:
        wide = one.widest >= _WIDE * widest
        derived = one.variable.status != "reported"
        return not one.serves, not wide, -(one.last or 0), -one.widest, derived, one.name

    return tuple(sorted(found, key=rank))


def chosen_trade(found: Sequence[Trade], asked: str) -> Trade | None:
    """Return the trade that is used: of those with the dyad and wide enough, the one that goes on longest.

    Of all that have the dyad, those count that have at least half as many pairs in their widest year as the widest of all;
    of these the last year decides, then the number of pairs, then reported before derived. None where nothing serves.

    Args:
        found: as `trade_held` returns them.
        asked: a source or one of its variables, "cow-trade" or "imports_cow_trade"; "" to leave it to the rule.

    Raises:
        InvalidTerm: what is asked for is not there.
    """
    meant = [one for one in found if asked in ("", one.variable.source, one.name)]
    if asked and not meant:
        names = sorted({one.variable.source for one in found} | {one.name for one in found})
        raise InvalidTerm(
            f"no data set in sources/ has trade between pairs of states from {asked!r}",
            remedy=f"There are: {', '.join(names)}." if names else "There is none at all.",
        )
    return next((one for one in meant if one.serves), None)


def distances_held(connection: duckdb.DuckDBPyConnection, held: Sequence[Variable], dyad: Dyad) -> list[Geography]:
    """Return what is held of distances in kilometres, first what is to be taken.

    Those that have the dyad come first, then the source with most pairs, and of one source the order of `_DISTANCES`.
    """
    units = [one for one in fitting(_DISTANCES, "pair", held) if one.unit == "kilometre"]
    found = [_geography(connection, one, dyad) for one in units]
    widest: dict[str, int] = {}
    for one in found:
        widest[one.variable.source] = max(one.pairs, widest.get(one.variable.source, 0))

    def rank(one: Geography) -> tuple[object, ...]:
        source = one.variable.source
        return not one.has_dyad, -widest[source], source, _DISTANCES.index(one.variable.indicator), one.variable.tail

    return sorted(found, key=rank)


def ties_held(
    connection: duckdb.DuckDBPyConnection, held: Sequence[Variable], dyad: Dyad, source: str
) -> tuple[list[Geography], list[str]]:
    """Return border, language and colonial tie, each of one source, and the indicators of which nothing can be taken.

    Only codes 0 and 1 serve: a source that lists none but the pairs for which something holds, or that tells degrees,
    leaves open what the other pairs are. The source of the distance goes first.
    """
    found: list[Geography] = []
    without: list[str] = []
    for indicator in _TIES:
        fit = [one for one in fitting((indicator,), "pair", held) if _is_dummy(connection, one)]
        ranked = sorted(
            (_geography(connection, one, dyad) for one in fit),
            key=lambda one: (
                not one.has_dyad,
                one.variable.source != source,
                -one.pairs,
                one.variable.source,
                one.variable.tail,
            ),
        )
        if ranked and ranked[0].has_dyad:
            found.append(ranked[0])
        else:
            without.append(entry(indicator).indicator.name.split(",")[0].lower())
    return found, without


def product_held(
    connection: duckdb.DuckDBPyConnection, held: Sequence[Variable], dyad: Dyad, year: int, unit: str
) -> Variable | None:
    """Return whose gross domestic products are taken: those of the dyad must be among them in the year.

    Only amounts in the trade's unit serve, or their logarithms: an index or each state's own currency says nothing of size.
    Current prices go before constant ones, where at least half as many states have them as in the widest source.
    """
    found = []
    for one in fitting(_PRODUCTS, "alone", held):
        if one.indicator == "gdp" and one.unit != unit:
            continue
        states, both = connection.execute(
            "SELECT count(DISTINCT reporter), count(DISTINCT reporter) FILTER (reporter IN (?, ?)) "
            f"FROM figures WHERE {condition(one)} AND year(start) = ?",
            [*dyad.codes, year],
        ).fetchall()[0]
        if both == len(dyad.codes):
            found.append((states, one))
    widest = max((states for states, _ in found), default=0)
    wide = [(states, one) for states, one in found if states >= _WIDE * widest]
    ranked = sorted(
        wide,
        key=lambda item: (
            item[1].base_year is not None,
            item[1].indicator != "gdp",
            -item[0],
            item[1].source,
            item[1].tail,
            item[1].base_year or 0,
        ),
    )
    return ranked[0][1] if ranked else None


def _geography(connection: duckdb.DuckDBPyConnection, one: Variable, dyad: Dyad) -> Geography:
    pairs, own = connection.execute(
        "SELECT count(DISTINCT (reporter, partner)), count(*) FILTER (reporter IN (?, ?) AND partner IN (?, ?)) "
        f"FROM figures WHERE {condition(one)}",
        [*dyad.codes, *dyad.codes],
    ).fetchall()[0]
    return Geography(one, not is_moving(connection, one), pairs, own > 0)


def _is_dummy(connection: duckdb.DuckDBPyConnection, one: Variable) -> bool:
    found = connection.execute(f"SELECT DISTINCT value FROM figures WHERE {condition(one)} ORDER BY 1").fetchall()
    return found == [(0.0,), (1.0,)]
