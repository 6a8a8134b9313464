"""Evidence for a unit that the table itself does not name: the paragraph that introduces it, or its source's usage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from comity.language import find_quantities, sentences
from comity.statistics.catalogue import entry, indicators_in
from comity.statistics.sourcing import convention_for
from comity.statistics.units import is_money
from comity.terms import BlockKind, Document, Source, Table

_SCALES = tuple(Decimal(10) ** power for power in (0, 3, 6, 9))
# How far a rounded or hedged figure of the prose may lie outside a column's range and still speak of the column.
_SLACK = Decimal("0.25")


@dataclass(frozen=True, slots=True)
class InferredUnit:
    """A unit with the evidence for it, in words."""

    unit: str
    scale: Decimal
    evidence: str


@dataclass(frozen=True, slots=True)
class _Sum:
    unit: str
    value: Decimal
    text: str


def infer_unit(
    document: Document, table: Table, source: Source, columns: Mapping[str, Sequence[Decimal]]
) -> InferredUnit | str | None:
    """Return the unit of a table of money that names none.

    Args:
        document: where the table stands.
        table: the table.
        source: the table's source.
        columns: the printed figures by indicator, all columns of one indicator together.

    Returns:
        The unit with its evidence; a sentence saying why the evidence does not suffice; or None without evidence.
    """
    convention = convention_for(source)
    if convention is not None and not set(columns) <= set(convention.indicators):
        convention = None
    sums = _introducing(document, table, {entry(key).family for key in columns})
    fits = {(one.unit, scale): one for one in sums for scale in _fitting(one.value, columns)}
    if len(fits) > 1:
        return "the sums named in the text near the table fit it in more than one unit"
    if fits:
        ((unit, scale), one), *_ = fits.items()
        if convention is not None and (unit, scale) != (convention.unit, convention.scale):
            return f"the text ('{one.text}') and the source's usage ({convention.title}) suggest different units"
        words = f"the text that introduces the table says '{one.text}', which fits its figures in this unit only"
        if convention is not None:
            words += f", and {convention.evidence}"
        return InferredUnit(unit, scale, words)
    if convention is not None:
        return InferredUnit(convention.unit, convention.scale, convention.evidence)
    return None


def _fitting(value: Decimal, columns: Mapping[str, Sequence[Decimal]]) -> set[Decimal]:
    found = set()
    for figures in columns.values():
        sizes = sorted(abs(figure) for figure in figures if figure)
        if not sizes:
            continue
        low, high = sizes[0] * (1 - _SLACK), sizes[-1] * (1 + _SLACK)
        found |= {scale for scale in _SCALES if low <= value / scale <= high}
    return found


def _introducing(document: Document, table: Table, families: set[str]) -> list[_Sum]:
    """Return the sums of money that the paragraphs beside the table name in a sentence on what the table shows."""
    before = [block for block in document.blocks if block.kind.is_prose and block.end <= table.start]
    after = [block for block in document.blocks if block.kind.is_prose and block.start >= table.end]
    headings = [block.start for block in document.blocks if block.kind is BlockKind.HEADING]
    # Another section speaks of other things.
    opened = max((start for start in headings if start <= table.start), default=0)
    closed = min((start for start in headings if start >= table.end), default=len(document.text))
    near = [block for block in before[-2:] if block.start >= opened] + [
        block for block in after[:1] if block.end <= closed
    ]
    found = []
    for block in near:
        text = document.text[block.start : block.end]
        for sentence in sentences(text):
            named = {entry(one.key).family for one in indicators_in(sentence.text)}
            if not named & families:
                continue
            for mention in find_quantities(sentence.text):
                if is_money(mention.quantity.unit) and mention.quantity.value > 0:
                    found.append(_Sum(mention.quantity.unit, mention.quantity.value, mention.text))
    return found
