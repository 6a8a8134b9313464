"""The catalogue of sources: who publishes a data set, on what terms, and how the columns of its files are to be read.

The entries stand in data/sources/*.toml, one file a publisher; their items are the attributes below.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from comity.statistics.catalogue import entry
from comity.terms import InvalidTerm, Status, Valuation, content_id

# Grows when the same layout would give other figures than before, so that the shelf is made anew; `comity.documents.READER`
# grows with it, and with a changed layout, so that a build looks at the sources again.
ENGINE: Final = 3

SCHEMES: Final = ("iso3", "iso2", "cow", "gw", "name")
FORMS: Final = ("year", "sdmx", "yyyymm", "session", "date")
# What becomes of cells that say of one thing what differs: none is taken; the highest figure counts, in either order of the
# pair; or the cells are counted.
DIFFERING: Final = ("", "highest", "counted")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a figure apart from its reporter, period and number; None where another column says it.

    Attributes:
        partner_code: a fixed partner of the figures of one code ("WLD", where others of the file are of one state alone).
    """

    indicator: str | None = None
    unit: str | None = None
    scale: int | None = None
    valuation: Valuation | None = None
    status: Status | None = None
    product: str | None = None
    base_year: int | None = None
    partner_code: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A column whose codes decide something: `of` maps each code that is known to what it means.

    Attributes:
        beside: header of a second column, whose code stands in `of` behind the first one's and a space; "" for none.
        optional: whether a file without the column is of the layout all the same.
        prefix: what stands before a code that `of` does not name (a product's classification); None refuses such codes.
        absent: what holds in a file without the column.
        assumed: words that are kept with a figure for which `absent` was taken.
    """

    column: str
    of: Mapping[str, Any] = field(default_factory=dict)
    beside: str = ""
    optional: bool = False
    prefix: str | None = None
    absent: Any = None
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures, named by its header or by a pattern that each of its headers fits (years in columns).

    Attributes:
        reporter, partner: headers of the columns of the states, where they differ from the layout's.
        partner_code: a fixed partner ("WLD", or "" for a figure of one state alone); None where a column names it.
        present: whether the cells hold names or numbers of what is there, each of which stands for 1.
    """

    column: str
    reading: Reading
    pattern: bool = False
    optional: bool = False
    reporter: str = ""
    partner: str = ""
    partner_code: str | None = None
    present: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """How a row says its period.

    Attributes:
        column, end: headers of the start (or of the only period) and of the end.
        form: "year", "sdmx" (2019, 2019-Q1, 2019-03), "yyyymm", "session" of the General Assembly, or "date".
        precision: unit of the ends of a spell of dates; "" for the form's own.
        fixed: the one year that all figures are of; None where a column says it.
        since: figures that hold at all times carry the year from which they are known to hold.
        header: whether the header of the figures' column is the period; of the form "year" it begins with it.
    """

    column: str = ""
    end: str = ""
    form: str = "year"
    precision: str = ""
    fixed: int | None = None
    since: int | None = None
    header: bool = False


@dataclass(frozen=True, slots=True)
class RollCall:
    """The columns of a table of votes; `companion` is the layout that holds the dates, where another file does."""

    number: str
    vote: Choice
    date: str = ""
    important: str = ""
    companion: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the files of one kind of a source are read.

    Attributes:
        source: key of the source.
        key: name of the layout within its source.
        headers: the headers by which the layout is known; all must stand in a file.
        codes: the code scheme of the states, one of `SCHEMES`.
        reporter, partner: headers of the columns of the states; "" where there is none.
        reporter_code: a fixed reporter; "" where a column names it.
        fallback: header of the column of the name by which a state without a code is found; "" for none.
        world: the partner codes that mean all partners together.
        groups: a pattern of codes that stand for groups of states, or for none.
        stands_for: codes that mean another state up to a year: (code, last year, state).
        common: what holds for all figures of the file.
        choice: the column that says what a row's figure is; `of` maps its codes to a `Reading`.
        whole: by the header of a column that parts figures, the codes of whole figures; rows with others are left out.
        missing: marks of a missing figure besides the usual ones.
        remark: headers of columns whose content is kept with the figure.
        note: words kept with every figure.
        roll_call: the columns of votes, for a table of votes; None for figures.
        without: headers that a file of this layout does not have, where another layout's files have all of its headers too.
        list_only: whether the file holds nothing but what a companion needs.
        lists: the sign between several states in one cell: each of one side has the figure with each of the other, and a
            row that names none on a side has no figure. "" where a cell names one state.
        differing: one of `DIFFERING`.
        shown: headers that are shown beside what is read where a file has too many columns to show all.
    """

    source: str
    key: str
    headers: tuple[str, ...]
    codes: str
    values: tuple[ValueColumn, ...] = ()
    when: When = When()
    reporter: str = ""
    partner: str = ""
    reporter_code: str = ""
    fallback: str = ""
    world: tuple[str, ...] = ()
    groups: str = ""
    stands_for: tuple[tuple[str, int, str], ...] = ()
    common: Reading = Reading()
    choice: Choice | None = None
    unit: Choice | None = None
    scale: Choice | None = None
    status: Choice | None = None
    product: Choice | None = None
    whole: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    remark: tuple[str, ...] = ()
    note: str = ""
    roll_call: RollCall | None = None
    without: tuple[str, ...] = ()
    list_only: bool = False
    lists: str = ""
    differing: str = ""
    shown: tuple[str, ...] = ()
    version: str = ""

    @property
    def name(self) -> str:
        """The layout's full name ("cow-trade.directed")."""
        return f"{self.source}.{self.key}"


@dataclass(frozen=True, slots=True)
class DataSource:
    """A published data set: who made it, on what terms, where it is, how to get it by hand.

    Attributes:
        key: by which `comity fetch` and the folders in `sources/` name it.
        licence: the terms of use; "no formal licence stated" where the publisher states none.
        format: the form in which it is published.
        obtain: how to get the file by hand, a sentence.
        vintage: the edition that the layouts were made from; "" where it changes without notice.
    """

    key: str
    publisher: str
    title: str
    licence: str
    citation: str
    url: str
    format: str
    obtain: str
    vintage: str = ""
    layouts: tuple[Layout, ...] = ()


@cache
def data_sources() -> Mapping[str, DataSource]:
    """Return the catalogue by key, sorted."""
    found: dict[str, DataSource] = {}
    folder = files("comity.statistics") / "data" / "sources"
    for file in sorted((one for one in folder.iterdir() if one.name.endswith(".toml")), key=lambda one: one.name):
        for row in tomllib.loads(file.read_text("utf-8"))["source"]:
            found[row["key"]] = _source(row)
    return dict(sorted(found.items()))


@cache
def layouts() -> Mapping[str, Layout]:
    """Return every layout by its full name."""
    return {layout.name: layout for one in data_sources().values() for layout in one.layouts}


def data_source(key: str) -> DataSource:
    """Return one entry of the catalogue of sources.

    Raises:
        InvalidTerm: there is no such source; the message lists the keys.
    """
    if key not in data_sources():
        raise InvalidTerm(f"there is no source {key!r}; choose one of {', '.join(data_sources())}")
    return data_sources()[key]


def _source(row: dict[str, Any]) -> DataSource:
    plain = {name: value for name, value in row.items() if name != "layout"}
    return DataSource(**plain, layouts=tuple(_layout(row["key"], one) for one in row.get("layout", ())))


def _layout(key: str, row: dict[str, Any]) -> Layout:
    row = dict(row)
    version = content_id("layout", ENGINE, repr(sorted(row.items())))
    values = tuple(_value(one) for one in row.pop("value", ()))
    choices: dict[str, Any] = {
        name: Choice(**one) for name in ("unit", "scale", "status", "product") if isinstance(one := row.get(name), dict)
    }
    case = row.pop("choice", None)
    choice = case and Choice(**(case | {"of": {code: _reading(one) for code, one in case["of"].items()}}))
    votes = row.pop("roll_call", None)
    roll_call = votes and RollCall(**(votes | {"vote": Choice(**votes["vote"])}))
    when = When(**row.pop("when", {}))
    common = _reading(row | dict.fromkeys(choices))
    for name in ("indicator", "unit", "scale", "valuation", "status", "product", "base_year"):
        row.pop(name, None)
    lists: dict[str, Any] = {
        name: tuple(row.pop(name, ())) for name in ("world", "missing", "remark", "without", "shown", "headers")
    }
    headers = lists.pop("headers")
    stands_for = tuple((one["code"], one["until"], one["state"]) for one in row.pop("stands_for", ()))
    lists["whole"] = {header: tuple(codes) for header, codes in row.pop("whole", {}).items()}
    layout = Layout(
        source=key,
        headers=headers,
        values=values,
        when=when,
        common=common,
        choice=choice,
        roll_call=roll_call,
        stands_for=stands_for,
        version=version,
        **lists,
        **choices,
        **row,
    )
    _check(layout)
    return layout


def _reading(row: Mapping[str, Any]) -> Reading:
    valuation, status = row.get("valuation"), row.get("status")
    return Reading(
        row.get("indicator"),
        row.get("unit"),
        row.get("scale"),
        None if valuation is None else Valuation(valuation),
        None if status is None else Status(status),
        row.get("product"),
        row.get("base_year"),
        row.get("partner_code"),
    )


def _value(row: Mapping[str, Any]) -> ValueColumn:
    return ValueColumn(
        row["column"],
        _reading(row),
        row.get("pattern", False),
        row.get("optional", False),
        row.get("reporter", ""),
        row.get("partner", ""),
        row.get("partner_code"),
        row.get("present", False),
    )


def _check(layout: Layout) -> None:
    """Refuse an entry that would read files wrongly: a slip in the catalogue is ours, not the user's."""
    if layout.codes not in SCHEMES or layout.when.form not in FORMS or layout.differing not in DIFFERING:
        raise InvalidTerm(
            f"the layout {layout.name} names a code scheme, a form of periods or a rule that is not known"
        )
    if layout.differing == "counted" and len(layout.values) != 1:
        raise InvalidTerm(f"the layout {layout.name} counts the cells of more than one column")
    read = [*(value.reading for value in layout.values), layout.common]
    read += [] if layout.choice is None else list(layout.choice.of.values())
    for reading in read:
        if reading.indicator is not None:
            entry(reading.indicator)
    named = {value.column for value in layout.values if not value.pattern and not value.optional}
    named |= {layout.reporter, layout.partner, layout.when.column, layout.when.end} - {""}
    named |= set() if layout.choice is None else {layout.choice.column, layout.choice.beside} - {""}
    if unlisted := named - set(layout.headers):
        raise InvalidTerm(
            f"the layout {layout.name} reads {', '.join(sorted(unlisted))}, which its headers do not list"
        )
    for value in layout.values:
        if value.pattern:
            re.compile(value.column)
