"""The guess of a table's mapping from its own words, each guess with the words it rests on.

The order of evidence for the two states: the column's header, then the caption, then (where a file has no
caption) the file's name, then the source's own state, then the dyad that is being read. A word that could mean
two things leaves its item open, and the item's doubt says why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from comity.statistics.accounts import Account, read_account, states_named, territory_reason
from comity.statistics.catalogue import entry, indicators_in
from comity.statistics.context import TableContext
from comity.statistics.decimals import DecimalSign, Place, decimal_signs
from comity.statistics.evidence import InferredUnit, infer_unit
from comity.statistics.figures import Figure, figure_of_any_sign, read_figure
from comity.statistics.grid import Grid
from comity.statistics.labels import LabelKind, names_total
from comity.statistics.layout import Layout, Line
from comity.statistics.mapping import INFERRED, Orientation, TableMapping, ValueMapping
from comity.statistics.narrowing import bare, is_neutral, names_part, narrowed, part_of_a_year, product, without_years
from comity.statistics.rates import read_rate
from comity.statistics.record_sides import NoState, why_no_state
from comity.statistics.sourcing import publisher_state
from comity.statistics.units import TwoUnits, Unit, at_constant_prices, is_money, read_unit, unit_doubt
from comity.terms import Valuation


@dataclass(frozen=True, slots=True)
class Guess:
    """A guessed mapping, and for what could not be guessed the reason, by line and item.

    `parts` holds, for lines that are about a part of a state, that state's code.
    `unsure` are cells whose figure depends on a decimal sign that their column does not have throughout.
    """

    mapping: TableMapping
    doubts: dict[tuple[int, str], str] = field(default_factory=dict)
    unsure: frozenset[Place] = frozenset()
    parts: dict[int, str] = field(default_factory=dict)


# A loosely named investment from the investor's own books is the outflow or the outward stock.
_OUTWARD = {"fdi-inflow": "fdi-outflow", "fdi-inward-stock": "fdi-outward-stock"}
_NOTHING = TableMapping()
_OF_BOTH = ("total-trade", "treaties", "votes")
# "US$ million unless otherwise stated" says itself that headers may name another unit.
_EXCEPTIONS = re.compile(r"\b(?:unless|except|if not)\b", re.I)
_TOTAL_WORDS = re.compile(r"(?:grand |over-?all )?total(?: value| volume)?|overall|both ways", re.I)
_NUMBERING = re.compile(r"(?:s|sr|sl|serial)\.? ?(?:no|nr|number|#)\.?|#|nr\.?|rank(?:ing)?|row|id|index", re.I)
# Over 1, 2, 3 these number the rows, over other figures they count what the caption says.
_NUMBER = re.compile(r"nos?\.?|numbers?", re.I)
# Of a firm it is what it sells; beside exports and imports it is their sum.
_TURNOVER = re.compile(r"(?:(?:total|overall) )?turnover", re.I)


def guess_mapping(context: TableContext, grid: Grid, layout: Layout, given: TableMapping = _NOTHING) -> Guess:
    """Guess what each line of figures of a table with periods means.

    What a person has said that a line measures (`given`) is taken, and its states and unit are guessed for that; what is
    said of the whole table holds for the lines whose own headers do not say what they measure.
    """
    return _Guesser(context, grid, layout, given).guess()


class _Guesser:
    """One table on its way to a mapping; gathers what each guess rests on and what stays in doubt."""

    def __init__(self, context: TableContext, grid: Grid, layout: Layout, given: TableMapping) -> None:
        self.context = context
        self.given = given
        self.grid = grid
        self.layout = layout
        self.caption_words, self.caption_place = context.caption
        self.caption = read_account(self.caption_words) if self.caption_words else Account()
        self.source_states = {*states_named(context.source.citation), publisher_state(context.source)} - {""}
        self.basis: dict[str, str] = {}
        self.doubts: dict[tuple[int, str], str] = {}
        self.parts: dict[int, str] = {}

    def guess(self) -> Guess:
        """Return the mapping with its basis and its doubts."""
        layout = self.layout
        self.basis["periods"] = _quoted("labels", [self.grid.text(*place) for place in layout.places][:3])
        if self.caption.states or self.caption.indicator:
            self.basis["subject"] = f"{self.caption_place}: '{self.caption_words}'"
        headers = [read_account(self._words(line), default_indicator=self.caption.indicator) for line in layout.lines]
        trade_columns = {"exports", "imports"} <= {header.indicator for header in headers}
        values = []
        signs = decimal_signs([self.grid.printed(line.cells) for line in layout.lines], self.context.table.separator)
        for line, header, sign in zip(layout.lines, headers, signs, strict=True):
            if (rate := self._rate(line)) is not None:
                values.append(self._with_decimal(rate, sign))
                continue
            key = self._told(line, header, trade_columns) or self._indicator(line, header, trade_columns)
            value = ValueMapping(line.index, label=line.header, indicator=key, under=layout.under)
            if value.indicator:
                value = self._with_unit(self._with_sides(replace(value, valuation=valuation_in(line.header)), header))
            values.append(self._with_decimal(value, sign))
        values = self._told_apart(self._with_inferred_unit(self._without_disputed_units(values)))
        fiscal = any(label is not None and label.is_fiscal for label in layout.labels)
        if fiscal:
            shown = [self.grid.text(*place) for place in layout.places][:2]
            self.basis["calendar"] = _quoted("fiscal years by the labels", shown)
        mapping = TableMapping(
            table=self.context.table.id,
            orientation=layout.orientation,
            periods=layout.periods,
            calendar="fiscal" if fiscal else "calendar",
            values=tuple(values),
            basis=tuple(self.basis.items()),
        )
        return Guess(mapping, self.doubts, frozenset().union(*(sign.unsure for sign in signs)), self.parts)

    def _rate(self, line: Line) -> ValueMapping | None:
        """Return what a line of exchange rates means; None for any other line, and one of which a person says what it is."""
        if replace(self.given, indicator="").value(line.index, self.layout.under).indicator or self.given.indicator:
            return None
        around = [words for words in (self.context.table.unit, self.caption_words) if words.strip()]
        parties = () if self.context.dyad is None else self.context.dyad.codes
        rate = read_rate(line.header, around, parties, of_years=self._are_years)
        if rate is None:
            return None
        value = ValueMapping(line.index, label=line.header, under=self.layout.under)
        if isinstance(rate, str):
            self.doubts[line.index, "indicator"] = rate
            return value
        shown = " / ".join(dict.fromkeys((line.header, *around)))
        self.basis[f"{line.index}.indicator"] = self.basis[f"{line.index}.unit"] = f"'{shown}'"
        return replace(value, indicator=rate.indicator, unit=rate.unit, scale=Decimal(1), reporter=rate.reporter)

    def _words(self, line: Line) -> str:
        """Return the header's words in an order in which a state that stands in a cell of its own is no owner.

        "Laos" above "Exports" is a partner where the caption says whose trade it is; "Laos exports" would be Laos's own.
        """
        naming = [part for part in line.parts if indicators_in(part)]
        if len(line.parts) < 2 or len(naming) != 1 or bool(self.caption.reporter) == bool(self.caption.partner):
            return line.header
        keys = {one.key for one in indicators_in(naming[0])}
        if {one.key for one in indicators_in(line.header)} != keys or states_named(naming[0]):
            return line.header
        return " ".join((naming[0], *(part for part in line.parts if part != naming[0])))

    def _told_apart(self, values: list[ValueMapping]) -> list[ValueMapping]:
        """Leave out lines that would be the same figure twice: of "Exports" and "Total exports" only the plainer stays."""
        alike: dict[tuple[str, ...], list[ValueMapping]] = {}
        for value in values:
            if value.indicator and value.reporter and value.partner:
                key = (value.indicator, value.reporter, value.partner, value.unit, str(value.valuation))
                alike.setdefault(key, []).append(value)
        dropped: dict[int, str] = {}
        for group in alike.values():
            plain = [value for value in group if not re.search(r"\b(?:total|overall|gross|all)\b", value.label, re.I)]
            if self.given.indicator:  # said of the whole table, it does not stand beside a header that says the same
                plain = [value for value in plain if indicators_in(value.label)] or plain
            keep = plain[0] if len(plain) == 1 else None
            for value in group if len(group) > 1 else ():
                if value is not keep:
                    others = ", ".join(f"'{other.label}'" for other in group if other is not value)
                    dropped[value.index] = f"{others} would be the same figure"
        for index, doubt in dropped.items():
            self.doubts[index, "indicator"] = doubt
        return [replace(value, indicator="") if value.index in dropped else value for value in values]

    def _told(self, line: Line, header: Account, trade_columns: bool) -> str:
        """Return what a person says that a line measures, for the line itself or for a table in which it says nothing."""
        own = replace(self.given, indicator="").value(line.index, self.layout.under).indicator
        if own or not self.given.indicator:
            return own
        is_exact = bool(header.indicator) and (trade_columns or not header.loose)
        speaks = is_exact or header.problem or (trade_columns and _is_total(line.header, trade_columns))
        # "Exports and imports" names several, and so none that stands for the line.
        return "" if speaks or len({one.key for one in indicators_in(line.header)}) > 1 else self.given.indicator

    def _indicator(self, line: Line, header: Account, trade_columns: bool) -> str:
        """Return the key of what a line measures, from its header or else from the caption; "" with a doubt."""
        caption, words = self.caption, line.header
        key, doubt = header.indicator, header.problem
        is_total = _is_total(line.header, trade_columns)
        if key or doubt:
            pass
        elif is_total and (trade_columns or caption.indicator == "total-trade"):
            key = "total-trade"
        elif self._numbers_rows(line):
            doubt = "it numbers the rows"
        elif trade_columns and caption.indicator == "total-trade" and line.header.strip():
            doubt = "it does not say that it is the total, and stands beside exports and imports"
        elif not line.header.strip() and any(other.header.strip() for other in self.layout.lines):
            doubt = "it has no header, while others have one"
        elif not is_neutral(line.header) and not self._repeats_caption(line.header):
            doubt = (
                caption.says_whose and why_no_state(bare(line.parts[-1]))
            ) or "it names no indicator of the catalogue"
        elif is_total and not caption.partner and not caption.pair:
            doubt = "it may be a sum over several partners"
        else:
            key, words, doubt = caption.indicator, self.caption_words, caption.problem
        if key and not doubt and not is_total and words == line.header and (other := narrowed(words)):
            unknown = (
                f"it speaks of '{other}', which the catalogue does not know of {entry(key).indicator.name.lower()}"
            )
            doubt = why_no_state(other) or unknown
        if (
            key
            and not doubt
            and header.reporter
            and not header.partner
            and re.search(r"\b(?:total|overall)\b", words, re.I)
        ):
            doubt = "it may be a sum over all partners"
        if key and not doubt and self._are_years and (part := part_of_a_year(f"{self.caption_words} {words}")):
            doubt = f"it speaks of '{part}', a part of the year that the label names"
        if key and not doubt and self._are_years and any(map(names_part, line.parts)):
            doubt = "it names a part of the year that the label names"
        if key and not doubt and names_total(line.header) and self._lists_parts(line):
            doubt = "it sums up parts of the year, and may not be of all of it"
        if key and not doubt and not is_total and (kind := product(words)):
            doubt = f"it speaks of '{kind}', not of all {entry(key).indicator.name.lower()}"
        if doubt or not key:
            named = f"'{words}': " if words.strip() and words != line.header else ""
            reason = f"{named}{doubt}" if doubt else "neither the caption nor the header names what is measured"
            self.doubts[line.index, "indicator"] = reason
            return ""
        self.basis[f"{line.index}.indicator"] = f"'{words}'"
        return key

    def _numbers_rows(self, line: Line) -> bool:
        """Whether the line counts the rows ("No.": 1, 2, 3) or ranks them."""
        header = line.header.strip()
        if _NUMBERING.fullmatch(header):
            return True
        if not _NUMBER.fullmatch(header) or self.layout.orientation is not Orientation.ROWS:
            return False
        shown = [words for cell in line.cells if (words := self.grid.text(*cell).rstrip("."))]
        counted = ([str(number) for number in range(first, first + len(shown))] for first in (0, 1))
        return len(shown) > 1 and shown in counted

    def _lists_parts(self, line: Line) -> bool:
        """Whether the lines beside a total are months or quarters."""
        return self._are_years and any(
            names_part(part) for other in self.layout.lines if other is not line for part in other.parts
        )

    def _repeats_caption(self, words: str) -> bool:
        """Whether a header says a word of what the caption names, and no more: "Disbursements" below "aid disbursements"."""
        named = indicators_in(self.caption_words)
        said = {word.lower().removesuffix("s") for word in bare(words).split()}
        of_caption = {word.lower().removesuffix("s") for word in named[0].text.split()} if len(named) == 1 else set()
        return bool(said) and said <= of_caption

    @property
    def _are_years(self) -> bool:
        whole = (LabelKind.YEAR, LabelKind.FISCAL_SPAN, LabelKind.FISCAL_SINGLE)
        return any(label is not None and label.kind in whole for label in self.layout.labels)

    def _with_sides(self, value: ValueMapping, header: Account) -> ValueMapping:
        """Return the line with reporter and partner, as far as header, caption, source and dyad say them."""
        caption, index, words = self.caption, value.index, []
        reporter, partner, remark = header.reporter, header.partner, ""
        if header.part or (caption.part and not (reporter and partner)):
            about = header if header.part else caption
            self.doubts[index, "part"] = territory_reason(about.part, about.part_of)
            self.parts[index] = about.part_of
            return value
        bare = [code for code in header.states if code not in (reporter, partner)]
        if reporter or partner:
            words.append(f"header: '{value.label}'")
        if bool(reporter) != bool(partner):
            named = reporter or partner
            other, origin = self._other_side(named, header)
            if not other:
                other, origin = (caption.partner if reporter else caption.reporter), f"caption: '{caption.text}'"
            if other != named:
                reporter, partner = (reporter, other) if reporter else (other, partner)
                words.append(origin)
        elif not reporter and len(bare) == 1 and bool(caption.reporter) != bool(caption.partner):
            # A column headed by a state alone takes the side that the caption leaves open.
            if bare[0] not in (caption.reporter, caption.partner):
                reporter, partner = caption.reporter or bare[0], caption.partner or bare[0]
                words = [f"header: '{value.label}'", f"caption: '{caption.text}'"]
        elif (
            bare == [caption.partner]
            and caption.reporter
            and not any(caption.reporter in states_named(line.header) for line in self.layout.lines)
        ):
            # The row or column of the caption's own partner, not one of two accounts of the same trade.
            reporter, partner, words = caption.reporter, caption.partner, [f"caption: '{caption.text}'"]
        elif not reporter and not bare:
            reporter, partner = caption.reporter, caption.partner
            words = [f"caption: '{caption.text}'"] if reporter or partner else []
            dyad = self.context.dyad
            named = reporter or partner
            if bool(reporter) != bool(partner) and dyad is not None and named in dyad.codes:
                reporter, partner = reporter or dyad.other(named), partner or dyad.other(named)
                words.append(f"the dyad {dyad.label}")
            elif caption.pair:
                reporter, partner, remark = self._sides_of_pair(value.indicator)
                words = [f"caption: '{caption.text}'", f"source: '{self.context.source.citation}'"]
        key = value.indicator
        loose = header.loose if header.indicator else caption.loose
        if reporter and partner and loose and key in _OUTWARD:
            if self.source_states & {reporter, partner} == {partner}:
                key, reporter, partner = _OUTWARD[key], partner, reporter
                words.append(f"the investor's own source: '{self.context.source.citation}'")
            else:
                words.append("direct investment is taken as the host's account unless the source is the investor's")
        if reporter and partner and reporter != partner:
            self.basis[f"{index}.sides"] = "; ".join(words)
        else:
            self._doubt_sides(index, reporter, partner, header)
        return replace(value, reporter=reporter, partner=partner, indicator=key, remark=remark)

    def _other_side(self, named: str, header: Account) -> tuple[str, str]:
        """Return the other state where the caption or the dyad names exactly two, with where it was found."""
        states = self.caption.states
        if len(states) == 2 and named in states:
            return next(code for code in states if code != named), f"caption: '{self.caption.text}'"
        dyad = self.context.dyad
        if dyad is not None and named in dyad.codes and set(states) <= dyad.codes and set(header.states) <= dyad.codes:
            return dyad.other(named), f"the dyad {dyad.label}"
        return "", ""

    def _sides_of_pair(self, key: str) -> tuple[str, str, str]:
        """Return reporter, partner and remark where two states are named side by side."""
        first, second = self.caption.states
        owners = self.source_states & {first, second}
        if len(owners) == 1:
            reporter = owners.pop()
            return reporter, second if reporter == first else first, ""
        if key in _OF_BOTH:
            return first, second, "the figure is of both states; the first named stands as the reporter"
        return "", "", ""

    def _doubt_sides(self, index: int, reporter: str, partner: str, header: Account) -> None:
        states = self.caption.states or header.states
        if not states:
            self.doubts[index, "reporter"] = "no states are named in the caption or the header"
        elif len(header.states) > 1 and self.caption.says_whose:
            self.doubts[index, "reporter"] = str(NoState.GROUP)
        elif reporter or partner:
            self.doubts[index, "partner" if reporter else "reporter"] = f"only {reporter or partner} is named"
        else:
            self.doubts[index, "reporter"] = f"the words name {' and '.join(states)} but not whose account it is"

    def _with_unit(self, value: ValueMapping) -> ValueMapping:
        """Return the line with the unit that header, unit line or caption name."""
        parties = [code for code in (value.reporter, value.partner) if code]
        found: list[Unit] = []
        seen: list[str] = []
        for place, words in (
            ("header", value.label),
            ("unit line", self.context.table.unit),
            ("caption", self.caption_words),
        ):
            unit = read_unit(without_years(words), parties)
            if isinstance(unit, TwoUnits):
                self.doubts[value.index, "unit"] = f"{place} '{words}': {unit.reason}"
                return value
            if unit is not None:
                found.append(unit)
                seen.append(f"{place}: '{words}'")
        name = next((unit.unit for unit in found if unit.unit), "")
        # A scale that stands with another unit is not this one's: "(US$ million)" above a column headed "KSh".
        scale = next((unit.scale for unit in found if unit.scale is not None and unit.unit in ("", name)), None)
        counted = entry(value.indicator).measured == "count"
        doubt = unit_doubt(value.indicator, name, scale)
        around = (value.label, self.context.table.unit, self.caption_words)
        if any(unit.constant_prices for unit in found) or any(map(at_constant_prices, around)):
            doubt = "the figures are at constant prices, which series do not hold yet"
        if doubt:
            self.doubts[value.index, "unit"] = doubt
            return value
        if seen:
            self.basis[f"{value.index}.unit"] = "; ".join(seen)
        if counted:
            self.basis.setdefault(f"{value.index}.unit", "a count needs no unit")
            return replace(value, unit="count", scale=scale or Decimal(1))
        return replace(value, unit=name, scale=scale or Decimal(1)) if name else value

    def _without_disputed_units(self, values: list[ValueMapping]) -> list[ValueMapping]:
        """Take the unit from lines on which the table's words disagree: unit line and caption, or these and every header.

        A header's own unit stands over the table's where the table's is still the unit of other lines.
        """
        words = (self.context.table.unit, self.caption_words)
        if any(_EXCEPTIONS.search(text) for text in words):
            return values
        money = [value for value in values if value.indicator and entry(value.indicator).measured == "money"]
        for_table = [self._unit_of(text, money) for text in words]
        line, caption = for_table
        if line and caption and _differ(line, caption):
            return [
                self._disputed(value, f"the unit line says '{words[0]}' and the caption '{words[1]}'")
                for value in values
            ]
        named = line or caption
        own = [self._unit_of(value.label, [value]) for value in money]
        if named is None or not own or not all(one and one.unit and _differ(one, named) for one in own):
            return values
        shown = words[0] if line else words[1]
        return [
            self._disputed(value, f"'{value.label}' has another unit than '{shown}', and so has every other header")
            if value in money
            else value
            for value in values
        ]

    def _unit_of(self, words: str, values: list[ValueMapping]) -> Unit | None:
        parties = {code for value in values for code in (value.reporter, value.partner) if code}
        unit = read_unit(without_years(words), parties)
        return unit if isinstance(unit, Unit) else None

    def _disputed(self, value: ValueMapping, doubt: str) -> ValueMapping:
        if not value.indicator or not value.unit:
            return value
        self.doubts[value.index, "unit"] = doubt
        return replace(value, unit="", scale=None)

    def _with_decimal(self, value: ValueMapping, sign: DecimalSign) -> ValueMapping:
        if sign.doubt:
            self.doubts[value.index, "decimal"] = sign.doubt
        return replace(value, decimal=sign.sign)

    def _with_inferred_unit(self, values: list[ValueMapping]) -> list[ValueMapping]:
        """Give the columns of money without a unit the one that the text or the source has evidence for."""
        lines = {line.index: line for line in self.layout.lines}
        open_ones = {
            value.index: value
            for value in values
            if value.indicator and not value.unit and (value.index, "unit") not in self.doubts and value.decimal
        }
        if not open_ones or any(_names_units(self.grid, lines[index]) for index in open_ones):
            return values
        figures: dict[str, list[Decimal]] = {}
        for index, value in open_ones.items():
            cells = lines[index].cells
            read = [read_figure(self.grid.text(*cell), self.grid.sign(*cell, value.decimal)) for cell in cells]
            figures.setdefault(value.indicator, []).extend(one.number for one in read if isinstance(one, Figure))
        inferred = infer_unit(self.context.document, self.context.table, self.context.source, figures)
        if not isinstance(inferred, InferredUnit):
            for index in open_ones:
                self.doubts[index, "unit"] = inferred or "neither the table nor the text beside it names a unit"
            return values
        remark = f"{INFERRED}{inferred.evidence}"
        completed = []
        for value in values:
            if value.index in open_ones:
                self.basis[f"{value.index}.unit"] = inferred.evidence
                joined = f"{value.remark}; {remark}" if value.remark else remark
                value = replace(value, unit=inferred.unit, scale=inferred.scale, remark=joined)
            completed.append(value)
        return completed


def _is_total(header: str, trade_columns: bool) -> bool:
    """Whether a header says that its line is the sum; "Turnover" says so only beside exports and imports."""
    words = bare(header)
    return bool(_TOTAL_WORDS.fullmatch(words) or (trade_columns and _TURNOVER.fullmatch(words)))


def _differ(one: Unit, other: Unit) -> bool:
    """Whether two units cannot both be a table's; one that is silent on the currency or the scale agrees with any."""
    named = one.unit and other.unit and one.unit != other.unit
    scaled = one.scale is not None and other.scale is not None and one.scale != other.scale
    return bool(named or scaled)


def _names_units(grid: Grid, line: Line) -> bool:
    """Whether cells of the line name units of money themselves."""
    for cell in line.cells:
        figure = figure_of_any_sign(grid.text(*cell))
        unit = read_unit(figure.unit) if figure is not None and figure.unit else None
        if isinstance(unit, Unit) and is_money(unit.unit):
            return True
    return False


@lru_cache(maxsize=4096)
def valuation_in(words: str) -> Valuation:
    """Return the valuation that the words name ("f.o.b.", "CIF")."""
    match = re.search(r"(?<!\w)(?:(f\.?o\.?b)|c\.?i\.?f)(?!\w)", words, re.I)
    if match is None:
        return Valuation.UNKNOWN
    return Valuation.FOB if match.group(1) else Valuation.CIF


def _quoted(what: str, words: list[str]) -> str:
    return f"{what}: " + ", ".join(f"'{word}'" for word in words)
