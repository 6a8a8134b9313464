"""The guess of a table's mapping from its own words, each guess with the words it rests on.

The order of evidence for the two states: the column's header, then the caption, then (where a file has no
caption) the file's name, then the source's own state, then the dyad that is being read. A word that could mean
two things leaves its item open, and the item's doubt says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePosixPath

from comity.statistics.accounts import Account, places_of_states, read_account, states_named
from comity.statistics.catalogue import entry, indicators_in
from comity.statistics.evidence import infer_unit
from comity.statistics.figures import Figure, decimal_sign, read_figure
from comity.statistics.grid import Grid
from comity.statistics.layout import Layout, Line
from comity.statistics.mapping import TableMapping, ValueMapping
from comity.statistics.sourcing import publisher_state
from comity.statistics.units import TwoUnits, Unit, is_money, read_unit
from comity.terms import Document, Dyad, Source, Table, Valuation


@dataclass(frozen=True, slots=True)
class Guess:
    """A guessed mapping, and for what could not be guessed the reason, by line and item."""

    mapping: TableMapping
    doubts: dict[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableContext:
    """What surrounds a table that is read."""

    document: Document
    table: Table
    source: Source
    dyad: Dyad | None = None

    @property
    def caption(self) -> tuple[str, str]:
        """The words that name the table's subject, and where they stand."""
        if self.table.caption.strip():
            return self.table.caption.strip(), "caption"
        if self.document.media_type not in ("text/plain", "text/markdown", "text/html", "application/pdf"):
            words = re.sub(r"[-_.]+", " ", PurePosixPath(self.document.name).stem)
            return words.title() if words.islower() else words, "file name"
        return "", "caption"


_TOTAL_WORDS = re.compile(r"(?:grand |over-?all )?total(?: value| volume)?|overall|both ways", re.I)
_NEUTRAL = re.compile(
    r"(?:value|values|amount|figure|figures|volume|annual|yearly|merchandise|goods|in|of|the|to|from|with|net|gross|total"
    r"|year|years|item|period|country|indicator|source|fiscal|calendar|fob|cif|f\.o\.b\.?|c\.i\.f\.?|current|prices|data|by|and|for|at"
    r"|rs|us|provisional|revised)(?!\w)",
    re.I,
)
_PRODUCT_BEFORE = re.compile(r"([A-Za-z][\w-]+)\s+$")
_PLAIN_BEFORE = frozenset(
    """the of in and total merchandise goods bilateral annual yearly two-way overall net gross official direct trade value volume
    values wise its their for to by on our mutual foreign country-wise year-wise quarterly monthly growing declining rising falling
    recent table figure balance both fob cif main""".split()
)
_PRODUCT_AFTER = re.compile(r"\s+of\s+(?:the\s+)?([a-z][\w-]+)")
_PLAIN_AFTER = frozenset(
    "goods merchandise services both all value trade fdi each total us usd in million billion thousand".split()
)


def guess_mapping(context: TableContext, grid: Grid, layout: Layout) -> Guess:
    """Guess what each line of figures of a table with periods means."""
    caption_words, caption_place = context.caption
    caption = read_account(caption_words) if caption_words else Account()
    basis: dict[str, str] = {"periods": _quoted("labels", [grid.text(*place) for place in layout.places][:3])}
    if caption.states or caption.indicator:
        basis["subject"] = f"{caption_place}: '{caption_words}'"
    doubts: dict[tuple[int, str], str] = {}
    headers = [read_account(line.header, default_indicator=caption.indicator) for line in layout.lines]
    trade_columns = {"exports", "imports"} <= {header.indicator for header in headers}
    values = []
    for line, header in zip(layout.lines, headers, strict=True):
        value = ValueMapping(line.index, label=line.header)
        value = _with_indicator(value, line, header, caption, caption_words, trade_columns, basis, doubts)
        if value.indicator:
            value = _with_sides(value, header, caption, context, basis, doubts)
            value = _with_unit(value, context, caption_words, basis, doubts)
        values.append(_with_decimal(value, grid, line, doubts))
    values = _with_inferred_unit(values, context, grid, layout, basis, doubts)
    fiscal = any(label is not None and label.is_fiscal for label in layout.labels)
    if fiscal:
        basis["calendar"] = _quoted("fiscal years by the labels", [grid.text(*place) for place in layout.places][:2])
    mapping = TableMapping(
        table=context.table.id,
        orientation=layout.orientation,
        periods=layout.periods,
        calendar="fiscal" if fiscal else "calendar",
        values=tuple(values),
        basis=tuple(basis.items()),
    )
    return Guess(mapping, doubts)


def _with_indicator(
    value: ValueMapping,
    line: Line,
    header: Account,
    caption: Account,
    caption_words: str,
    trade_columns: bool,
    basis: dict[str, str],
    doubts: dict[tuple[int, str], str],
) -> ValueMapping:
    place = (line.index, "indicator")
    valuation = _valuation(line.header)
    if header.problem:
        doubts[place] = f"'{line.header}': {header.problem}"
        return value
    key, words = header.indicator, line.header
    if key:
        product = _product(line.header)
        if product:
            doubts[place] = f"'{line.header}' speaks of '{product}', not of all {entry(key).indicator.name.lower()}"
            return value
    elif _TOTAL_WORDS.fullmatch(_bare(line.header)) and (trade_columns or caption.indicator == "total-trade"):
        key = "total-trade"
    elif not _is_neutral(line.header, header):
        doubts[place] = f"'{line.header}' is no indicator of the catalogue"
        return value
    elif caption.problem:
        doubts[place] = f"'{caption_words}': {caption.problem}"
        return value
    elif _TOTAL_WORDS.fullmatch(_bare(line.header)) and not caption.partner and not caption.pair:
        doubts[place] = f"'{line.header}' may be a sum over several partners"
        return value
    else:
        key, words = caption.indicator, caption_words
        product = _product(caption_words)
        if key and product:
            doubts[place] = f"'{caption_words}' speaks of '{product}', not of all {entry(key).indicator.name.lower()}"
            return value
    if not key:
        doubts[place] = "neither the caption nor the header names what is measured"
        return value
    basis[f"{value.index}.indicator"] = f"'{words}'"
    return ValueMapping(value.index, label=value.label, indicator=key, valuation=valuation)


def _with_sides(
    value: ValueMapping,
    header: Account,
    caption: Account,
    context: TableContext,
    basis: dict[str, str],
    doubts: dict[tuple[int, str], str],
) -> ValueMapping:
    key, index = value.indicator, value.index
    loose = header.loose if header.indicator else caption.loose
    known = (
        caption.states if len(caption.states) == 2 else _dyad_states(context.dyad, {*caption.states, *header.states})
    )
    reporter, partner = header.reporter, header.partner
    words = [f"header: '{value.label}'"] if reporter or partner else []
    bare = [code for code in header.states if code not in (reporter, partner)]
    if not (reporter or partner) and len(bare) == 1 and bool(caption.reporter) != bool(caption.partner):
        # A column headed by a state alone takes the side that the caption leaves open.
        if bare[0] not in (caption.reporter, caption.partner):
            reporter, partner = caption.reporter or bare[0], caption.partner or bare[0]
            words = [f"header: '{value.label}'", f"caption: '{caption.text}'"]
    elif bool(reporter) != bool(partner):
        named = reporter or partner
        other = next((code for code in known if code != named), "") if named in known else ""
        other = other or (caption.partner if reporter else caption.reporter)
        reporter, partner = (reporter, other) if reporter else (other, partner)
        words.append(f"caption: '{caption.text}'" if caption.states else "the dyad")
    elif not reporter and not bare:
        reporter, partner = caption.reporter, caption.partner
        words = [f"caption: '{caption.text}'"] if reporter or partner else []
        if bool(reporter) != bool(partner) and (other := _other_of(context.dyad, reporter or partner)):
            reporter, partner = reporter or other, partner or other
            words.append(f"the dyad {context.dyad.label}" if context.dyad else "")
    remark = ""
    source_states = set(states_named(context.source.citation)) | {publisher_state(context.source)} - {""}
    if not (reporter and partner) and caption.pair and not header.states and len(caption.states) == 2:
        first, second = caption.states
        owners = source_states & {first, second}
        if key in ("total-trade", "treaties", "votes"):
            reporter, partner = first, second
            remark = "the figure is of both states; the first named stands as the reporter"
            words = [f"caption: '{caption.text}'"]
        elif len(owners) == 1:
            reporter = owners.pop()
            partner = second if reporter == first else first
            words = [f"caption: '{caption.text}'", f"source: '{context.source.citation}'"]
    if reporter and partner and loose and key in ("fdi-inflow", "fdi-inward-stock"):
        if source_states & {reporter, partner} == {partner}:
            key = {"fdi-inflow": "fdi-outflow", "fdi-inward-stock": "fdi-outward-stock"}[key]
            reporter, partner = partner, reporter
            words.append(f"the investor's own source: '{context.source.citation}'")
        else:
            words.append("direct investment is taken as the host's account unless the source is the investor's")
    if reporter and partner and reporter != partner:
        basis[f"{index}.sides"] = "; ".join(word for word in words if word)
        return ValueMapping(index, value.label, reporter, partner, key, valuation=value.valuation, remark=remark)
    if not header.states and not caption.states:
        doubts[index, "reporter"] = "no states are named in the caption or the header"
    elif caption.pair or not (reporter or partner):
        named_states = " and ".join(caption.states or header.states)
        doubts[index, "reporter"] = f"the words name {named_states} but not whose account it is"
    else:
        missing = "partner" if reporter else "reporter"
        doubts[index, missing] = f"only {reporter or partner} is named"
    return ValueMapping(index, value.label, reporter, partner, key, valuation=value.valuation)


def _with_unit(
    value: ValueMapping,
    context: TableContext,
    caption_words: str,
    basis: dict[str, str],
    doubts: dict[tuple[int, str], str],
) -> ValueMapping:
    parties = [code for code in (value.reporter, value.partner) if code]
    measured = entry(value.indicator).measured
    found: list[tuple[str, str, Unit]] = []
    for place, words in (("header", value.label), ("unit line", context.table.unit), ("caption", caption_words)):
        unit = read_unit(_without_years(words), parties)
        if isinstance(unit, TwoUnits):
            doubts[value.index, "unit"] = f"{place} '{words}': {unit.reason}"
            return value
        if unit is not None:
            found.append((place, words, unit))
    if any(unit.constant_prices for _, _, unit in found):
        doubts[value.index, "unit"] = "the figures are at constant prices, which the catalogue does not hold yet"
        return value
    name = next((unit.unit for _, _, unit in found if unit.unit), "")
    scale: Decimal | None = next((unit.scale for _, _, unit in found if unit.scale is not None), None)
    if found:
        basis[f"{value.index}.unit"] = "; ".join(f"{place}: '{words}'" for place, words, _ in found)
    if measured == "count":
        if name and name != "count":
            doubts[value.index, "unit"] = f"the table's unit is {name}, but {value.indicator} are counted"
            return value
        basis.setdefault(f"{value.index}.unit", "a count needs no unit")
        return _unit_of(value, "count", scale or Decimal(1))
    if name == "percent" or name == "count":
        doubts[value.index, "unit"] = f"the figures are in {name}: a share or a count, not the amount itself"
        return value
    if name:
        return _unit_of(value, name, scale or Decimal(1))
    if scale is not None:
        doubts[value.index, "unit"] = "the table names a scale but no currency"
        return ValueMapping(
            value.index,
            value.label,
            value.reporter,
            value.partner,
            value.indicator,
            "",
            scale,
            valuation=value.valuation,
            remark=value.remark,
        )
    return value


def _unit_of(value: ValueMapping, unit: str, scale: Decimal, remark: str = "") -> ValueMapping:
    return ValueMapping(
        value.index,
        value.label,
        value.reporter,
        value.partner,
        value.indicator,
        unit,
        scale,
        valuation=value.valuation,
        decimal=value.decimal,
        remark="; ".join(word for word in (value.remark, remark) if word),
    )


def _with_decimal(value: ValueMapping, grid: Grid, line: Line, doubts: dict[tuple[int, str], str]) -> ValueMapping:
    sign = decimal_sign([grid.text(*cell) for cell in line.cells])
    if sign is None:
        doubts[line.index, "decimal"] = "its figures use commas and points in ways that contradict each other"
        return value
    return ValueMapping(
        value.index,
        value.label,
        value.reporter,
        value.partner,
        value.indicator,
        value.unit,
        value.scale,
        valuation=value.valuation,
        decimal=sign,
        remark=value.remark,
    )


def _with_inferred_unit(
    values: list[ValueMapping],
    context: TableContext,
    grid: Grid,
    layout: Layout,
    basis: dict[str, str],
    doubts: dict[tuple[int, str], str],
) -> list[ValueMapping]:
    """Give the columns of money without a unit the one that the text or the source has evidence for."""
    open_ones = [
        value
        for value in values
        if value.indicator and not value.unit and (value.index, "unit") not in doubts and value.decimal
    ]
    if not open_ones or any(_own_units(grid, layout, value.index) for value in open_ones):
        return values
    figures: dict[str, list[Decimal]] = {}
    for line in layout.lines:
        value = next((one for one in open_ones if one.index == line.index), None)
        if value is not None:
            read = [read_figure(grid.text(*cell), value.decimal) for cell in line.cells]
            figures.setdefault(value.indicator, []).extend(one.number for one in read if isinstance(one, Figure))
    inferred = infer_unit(context.document, context.table, context.source, dict(figures))
    if inferred is None or isinstance(inferred, str):
        for value in open_ones:
            doubts[value.index, "unit"] = inferred or "neither the table nor the text beside it names a unit"
        return values
    completed = []
    for value in values:
        if value in open_ones:
            basis[f"{value.index}.unit"] = inferred.evidence
            value = _unit_of(value, inferred.unit, inferred.scale, f"unit inferred: {inferred.evidence}")
        completed.append(value)
    return completed


def _own_units(grid: Grid, layout: Layout, index: int) -> bool:
    line = next(one for one in layout.lines if one.index == index)
    read = [read_figure(grid.text(*cell)) for cell in line.cells]
    return any(isinstance(one, Figure) and is_money(_unit_word(one)) for one in read)


def _unit_word(figure: Figure) -> str:
    unit = read_unit(figure.unit) if figure.unit else None
    return unit.unit if isinstance(unit, Unit) else ""


def _valuation(words: str) -> Valuation:
    match = re.search(r"(?<!\w)(f\.?o\.?b\.?|c\.?i\.?f\.?)(?!\w)", words, re.I)
    if match is None:
        return Valuation.UNKNOWN
    return Valuation.FOB if match.group(1)[0].lower() == "f" else Valuation.CIF


def _product(words: str) -> str:
    """Return the word that narrows an indicator to one kind of goods ("cotton" in "cotton exports"); "" if none."""
    named_states = places_of_states(words)
    for one in indicators_in(words):
        match = _PRODUCT_BEFORE.search(words[: one.start])
        if match and match.group(1).lower() not in _PLAIN_BEFORE:
            covered = any(start <= match.start(1) < end for start, end in named_states)
            if not covered and not read_unit(match.group(1)):
                return match.group(1)
        after = _PRODUCT_AFTER.match(words[one.end :])
        if after and after.group(1) not in _PLAIN_AFTER:
            start = one.end + after.start(1)
            if not any(first <= start < end for first, end in named_states):
                return after.group(1)
    return ""


def _is_neutral(words: str, account: Account) -> bool:
    """Whether a header says nothing of what is measured beyond states, units and words such as "value"."""
    rest = words
    for start, end in sorted(places_of_states(words), reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    return not re.search(r"[A-Za-z]{2,}", _NEUTRAL.sub(" ", _bare(rest))) and not account.problem


def _bare(words: str) -> str:
    """Return the words without units, scales, brackets and years."""
    bare = _without_years(words)
    bare = re.sub(
        r"(?i)us\$|u\.s\.|usd|eur|inr|pkr|rs\.?|[$€£¥₹%]|\b(?:million|billion|thousand|crore|lakh|mn|bn|dollars?|euros?|rupees?|yen|per cent|percent)s?\b",
        " ",
        bare,
    )
    return re.sub(r"[()\[\]:,.;*†‡'’/-]+", " ", bare).strip()


def _without_years(words: str) -> str:
    return re.sub(r"(?<!\d)(?:1[89]|20)\d\d(?:\s*[-–/]\s*\d{2,4})?(?!\d)", " ", words)


def _dyad_states(dyad: Dyad | None, named: set[str]) -> tuple[str, ...]:
    return (dyad.first, dyad.second) if dyad is not None and named & dyad.codes else ()


def _other_of(dyad: Dyad | None, code: str) -> str:
    return dyad.other(code) if dyad is not None and code in dyad.codes else ""


def _quoted(what: str, words: list[str]) -> str:
    return f"{what}: " + ", ".join(f"'{word}'" for word in words)
