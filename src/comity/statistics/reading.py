"""From a document's tables to observations: each figure with its states, period, unit, source and cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from comity.statistics.blocks import blocks
from comity.statistics.catalogue import indicators_in
from comity.statistics.context import TableContext
from comity.statistics.figures import Figure, figure_of_any_sign
from comity.statistics.grid import Grid, framed
from comity.statistics.labels import LabelKind, read_label
from comity.statistics.layout import Layout, find_layout, likely_periods
from comity.statistics.ledger import Ledger, Reading, Taken, same_amount
from comity.statistics.mapping import Orientation, TableMapping, ValueMapping
from comity.statistics.marks import below
from comity.statistics.notes import with_unit_of_notes
from comity.statistics.periodic import PeriodicTable
from comity.statistics.problems import TableProblem, TableReading
from comity.statistics.record_columns import find_columns, likely_values, periods_across, repeated_headers
from comity.statistics.records import Records, Row, guess_records
from comity.statistics.sourcing import parse_source
from comity.statistics.units import unit_doubt
from comity.terms import Document, Dyad, Observation, Period, Source, Table

# Above this a table is a data file: one that is not made of records is refused rather than searched cell by cell.
LARGEST_PRINTED_TABLE = 5000

# Words of a cell that names an indicator ("Merchandise exports, FOB"); longer ones are text about something.
_LONGEST_NAME = 4


def read_tables(
    document: Document,
    *,
    dyad: Dyad | None = None,
    mappings: Mapping[str, TableMapping] | None = None,
) -> TableReading:
    """Read every table of a document that holds statistics on two states.

    Args:
        document: a document or data file with its tables.
        dyad: take only figures between these two states; it also says who is meant where a table names one side.
        mappings: what a person has set, by the table's id, or its number in the document from 1 ("1" or "t1"); what
            is set stands, the rest is guessed.

    Returns:
        The observations, the mapping by which each table was read, and what could not be used, with row and column.
        Tables without figures over time are passed over in silence.

    Raises:
        InvalidTerm: a mapping names an indicator that the catalogue does not have.
    """
    observations: list[Observation] = []
    used: list[TableMapping] = []
    problems: list[TableProblem] = []
    above: Grid | None = None  # the last table that was read, whose rows an empty row may part from it
    for number, printed in enumerate(document.tables, 1):
        given = _given(mappings or {}, printed, number)
        if given.skip:
            used.append(given)
            continue
        table = with_unit_of_notes(framed(printed), below(document, printed))
        ledger = Ledger(TableContext(document, table, _source(document, table), dyad, number), Grid(table), number)
        mapping = _read(ledger, given)
        ledger.settle()
        if mapping is not None:
            used.append(mapping)
            above = ledger.grid
        elif above is not None and _goes_on(ledger.grid, above):
            ledger.problems.clear()  # what they say is for want of the headers
            ledger.problem(
                "the rows stand apart from the headers of the table above by an empty row, and are not read",
                ledger.grid.top,
                0,
                remedy="Take the empty row out, or write the headers over these rows too.",
            )
        observations += ledger.observations
        problems += ledger.problems
    return TableReading(tuple(observations), tuple(used), tuple(problems))


def _goes_on(grid: Grid, above: Grid) -> bool:
    """Whether a table without headers has rows as the one above it should: as wide, with a period and a figure in its first row."""
    cells = [grid.text(grid.top, column) for column in range(grid.width)]
    periods = [cell for cell in cells if read_label(cell) is not None]
    figures = [cell for cell in cells if figure_of_any_sign(cell) is not None]
    return grid.width == above.width and bool(periods) and len(figures) > len(periods)


def _given(mappings: Mapping[str, TableMapping], table: Table, number: int) -> TableMapping:
    for key in (table.id, table.id.rpartition("#")[2], str(number), f"t{number}"):
        if key in mappings:
            return mappings[key]
    return TableMapping()


def _source(document: Document, table: Table) -> Source:
    """Return the source that the table names, or else the document that prints it."""
    if table.source.strip():
        return parse_source(table.source)
    bibliography = document.bibliography
    authors = ", ".join(name.full for name in bibliography.authors)
    title = bibliography.title or document.name
    return Source(
        producer=bibliography.publisher or bibliography.container_title or authors,
        title=title,
        citation=bibliography.text or title,
        url=bibliography.url,
        vintage=bibliography.issued.label if bibliography.issued else "",
    )


def _read(ledger: Ledger, given: TableMapping) -> TableMapping | None:
    """Read one table into its ledger; return the mapping used, None for a table without statistics."""
    grid = ledger.grid
    columns = dict(given.columns)
    if given.orientation in (None, Orientation.RECORDS):
        # A column to which a person gave a role loses the role that was guessed for it.
        guessed = {role: column for role, column in find_columns(grid).items() if column not in columns.values()}
        columns = guessed | columns
    if ("period" in columns or periods_across(grid, columns)) and given.orientation in (None, Orientation.RECORDS):
        return _read_records(ledger, columns, given)
    if grid.height > LARGEST_PRINTED_TABLE:
        ledger.problem(
            f"the table has {grid.height} rows, and its columns for states, periods and figures are not known",
            remedy=ledger.remedy("columns = { reporter = 0, partner = 1, period = 2, value = 3 }"),
        )
        return None
    layout = find_layout(grid, given.orientation, given.periods)
    if layout is None:
        _tell_if_statistics(ledger)
        return None
    parts, bare = blocks(grid, layout)
    for column in bare:
        reason = (
            "no header stands over the column, while over others one says what is measured; its figures are not taken"
        )
        ledger.problem(reason, None, column, remedy="Write the header over each of its columns.")
    return _read_blocks(ledger, parts, given)


def _read_blocks(ledger: Ledger, layouts: tuple[Layout, ...], given: TableMapping) -> TableMapping:
    """Read each block of a table; a period that two blocks give differently for one series is taken from neither."""
    read = [PeriodicTable(ledger, layout, given).read() for layout in layouts]
    if len(read) == 1:
        return read[0]
    ledger.problems = list(dict.fromkeys(ledger.problems))  # what holds for the table is said once
    by_period: dict[tuple[str, Period], list[Observation]] = {}
    for one in ledger.observations:
        by_period.setdefault((one.series.id, one.period), []).append(one)
    for (_, period), found in by_period.items():
        if len({one.quantity.value for one in found}) > 1:
            ledger.observations = [one for one in ledger.observations if one not in found]
            place = found[-1].provenance
            figures = " and ".join(one.quantity.text for one in found)
            ledger.problem(
                f"{period.label} stands under several headers, with {figures}; none is taken", place.row, place.column
            )
        else:
            ledger.observations = [one for one in ledger.observations if one not in found[1:]]
    values = tuple(value for mapping in read for value in mapping.values)
    basis = dict(item for mapping in reversed(read) for item in mapping.basis)
    return replace(read[0], values=values, basis=tuple(basis.items()))


def _tell_if_statistics(ledger: Ledger) -> None:
    """Say that a table whose words promise statistics has no periods; other tables are none of this room's."""
    grid = ledger.grid
    rows = range(grid.top + 1, min(grid.height, grid.top + 20))
    # Data files in records say in a column what each row measures; other tables say it in the caption or over a column.
    first = [grid.text(grid.top + 1, column) for column in range(grid.width)] if rows else []
    is_record = all(first) and all(len(text.split()) <= _LONGEST_NAME for text in first)
    named = first if is_record else []
    headers = [grid.text(grid.top, column) for column in range(grid.width)]
    words = " ".join([ledger.context.table.caption, *headers, *named])
    has_figures = any(
        figure_of_any_sign(grid.text(row, column)) is not None for row in rows for column in range(grid.width)
    )
    if not has_figures or not indicators_in(words):
        return
    found = likely_periods(grid)
    if found is None:
        ledger.problem(
            "no column or row of the table names years, quarters or months, so its figures have no period",
            remedy="Add a column of periods, headed Year: years, fiscal years such as 2016-17, quarters or months.",
        )
        return
    orientation, index, shown = found
    down = orientation is Orientation.ROWS
    place = (grid.top, index) if down else (index, 0)
    heading = grid.text(*place)
    subject = f"'{heading}'" if heading and heading not in shown else f"the {'column' if down else 'row'}"
    setting = f"periods = {index}" if down else f'orientation = "{Orientation.COLUMNS}" and periods = {index}'
    ledger.problem(
        f"{subject} looks like the table's periods "
        f"({', '.join(shown)}), but neither its place nor its heading says that they are",
        None if down else index,
        index if down else None,
        remedy=f"Head it Year, or say so. {ledger.remedy(setting)}",
    )


def _read_records(ledger: Ledger, columns: dict[str, int], given: TableMapping) -> TableMapping:
    guess = guess_records(ledger.context, ledger.grid, columns, given.indicator)
    mapping = given.over(guess.mapping)
    if repeated := repeated_headers(ledger.grid, columns, frozenset(dict(given.columns))):
        header, places = repeated
        told = " and ".join(str(place + 1) for place in places)
        role = next(role for role, column in columns.items() if column in places)
        ledger.problem(
            f"'{header}' stands over columns {told}, which differ; which is meant is not known, and nothing is taken",
            ledger.grid.top,
            places[1],
            remedy=ledger.remedy(f"columns = {{ {role} = {places[0]} }}"),
        )
        return mapping
    if not mapping.values:
        _tell_of_no_figures(ledger, columns)
        return mapping
    values = {value.index: mapping.value(value.index) for value in mapping.values}
    for value in mapping.values:
        if not values[value.index].decimal:
            reason = guess.doubts.get((value.index, "decimal"), "nothing says it")
            remedy = f"Correct these cells, or state the sign. {ledger.remedy(ledger.example('decimal'), value.index)}"
            ledger.problem(f"no decimal sign is known for '{value.label}': {reason}", None, value.index, remedy=remedy)
            return mapping
        doubt = guess.doubts.get((value.index, "unit"))
        if doubt and not values[value.index].unit:
            ledger.problem(
                f"no unit is known for '{value.label}': {doubt}",
                ledger.grid.top,
                value.index,
                remedy="Correct the header's unit, or leave the column out.",
            )
            values[value.index] = replace(values[value.index], skip=True)
    mapping = replace(mapping, values=tuple(values.values()))
    told_signs = {value.index for value in given.values if value.decimal}
    if not given.decimal:
        ledger.unsure = frozenset(cell for cell in guess.unsure if cell[1] not in told_signs)
    records = Records(ledger.context, ledger.grid, mapping, given)
    _take(ledger, records, values)
    for refusal in records.refusals:
        ledger.problem(refusal.message, refusal.row, refusal.column, remedy=refusal.remedy, refused=refusal.needs_doing)
    for column in records.unread:
        header = ledger.grid.text(ledger.grid.top, column) or "without a header"
        words = f"the figures of this column ('{header}') are not read"
        ledger.problem(words, None, column, remedy="Nothing needs doing unless you need them.", refused=False)
    return mapping


def _tell_of_no_figures(ledger: Ledger, columns: dict[str, int]) -> None:
    """Say that no header names the figures, with the columns in which figures stand."""
    grid = ledger.grid
    likely = likely_values(grid, set(columns.values()))
    named = ", ".join(f"'{grid.text(grid.top, column)}'" for column in likely[:5])
    told = f"; figures stand below {named}" if named else ""
    remedy = (
        f"Head the column Value, with its unit: Value (US$ million). Or, for '{grid.text(grid.top, likely[0])}': "
        + ledger.remedy(f"columns = {{ value = {likely[0]} }}")
        if likely
        else "Add a column of figures, headed Value, with its unit: Value (US$ million)."
    )
    place = (grid.top, likely[0]) if likely else (None, None)
    ledger.problem(f"no header names the column of figures{told}", *place, remedy=remedy)


def _take(ledger: Ledger, records: Records, values: Mapping[int, ValueMapping]) -> None:
    """Take the figures of all rows; those that stand twice and differ are taken from neither row."""
    taken: dict[tuple[str, Period], Taken] = {}
    disputed: set[tuple[str, Period]] = set()
    for row in records.rows():
        cell = (row.row, row.column)
        figure = ledger.figure(cell, values[row.column].decimal)
        reading = None if figure is None else _reading(ledger, row, figure, values[row.column], records)
        if figure is None or reading is None or not ledger.has_allowed_sign(figure, row.indicator, cell):
            continue
        found = (figure, cell, reading)
        key = (ledger.series_of(reading).id, reading.period)
        if key not in taken:
            taken[key] = found
        elif same_amount(taken[key], found):
            records.refuse("the figure stands in an earlier row too, which counts", *cell, needs_doing=False)
        else:
            disputed.add(key)
            first = taken[key][1]
            ledger.problem(
                f"{reading.reporter}-{reading.partner} {reading.indicator} {reading.period.label} stands twice, with "
                f"{_shown(ledger, taken[key])} in row {first[0] + 1} and {_shown(ledger, found)} here; neither is taken",
                *cell,
                remedy="Find out which is right, and take the other row out.",
            )
    for key, (figure, cell, reading) in taken.items():
        if key not in disputed:
            ledger.observe(figure, cell, reading)


def _shown(ledger: Ledger, taken: Taken) -> str:
    scale = taken[2].scale
    return ledger.grid.text(*taken[1]) + (f" x {scale:,}" if scale != 1 else "")


def _reading(ledger: Ledger, row: Row, figure: Figure, value: ValueMapping, records: Records) -> Reading | None:
    """Return what a row's figure is about; None, with a problem, where its period or unit is not known."""
    cell, label = (row.row, row.column), row.period
    by_fiscal_year = label.is_fiscal or (label.kind is LabelKind.YEAR and value.calendar == "fiscal")
    fiscal = ledger.fiscal_calendar(row.reporter) if by_fiscal_year else None
    shown, place = records.period(*cell), records.period_place(*cell)
    if label.kind in (LabelKind.UNCLEAR, LabelKind.ROMAN):
        reason = "may be a fiscal year, a quarter or a month"
        records.refuse(reason, *place, "Write the month's name, or 2011/12.", shown)
        return None
    if by_fiscal_year and fiscal is None:
        reason = f"a fiscal year, but {row.reporter}'s is the calendar year or is not known"
        records.refuse(reason, *place, "Write the calendar year.", shown)
        return None
    if not row.unit and not figure.unit:
        remedy = ledger.remedy(ledger.example("unit"))
        records.refuse("the file names no unit for its figures", *cell, remedy)
        return None
    marks = [mark for mark in (figure.mark, label.mark) if mark]
    unit = ledger.unit_of(figure, row.unit, row.scale, (row.reporter, row.partner), cell)
    if unit is None or any(ledger.is_told_otherwise(mark, label, cell) for mark in marks):
        return None
    if doubt := unit_doubt(row.indicator, *unit):
        records.refuse(doubt, *cell, ledger.remedy(ledger.example("unit")))
        return None
    return Reading(
        row.reporter,
        row.partner,
        row.indicator,
        *unit,
        row.valuation,
        label.period(fiscal),
        parse_source(row.source) if row.source else ledger.context.source,
        row.status,
        "; ".join([*([row.remark] if row.remark else []), *map(ledger.marked, marks)]),
    )
