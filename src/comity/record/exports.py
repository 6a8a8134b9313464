"""What the record gives away: the same bytes for the same sources and decisions, on any machine, in any order.

So nothing here knows the time, a build's number, a row's number or a path: facts are sorted by what they say.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from comity.record.lines import (
    Line,
    document_line,
    merged_event_line,
    observation_line,
    statement_line,
)
from comity.record.view import View
from comity.terms import UnknownCode


class ExportFormat(StrEnum):
    """How an export is written. CSV and Parquet hold the same flat columns; JSONL the whole lines."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    CSL = "csl"  # documents only: one array of CSL-JSON, as reference managers read it


# The flat columns: name, and the path to it in the line. Lists become text with "; " between.
_EVENT_COLUMNS = (
    "id type modes actors recipients symmetric date.start date.end date.precision place.code place.text contexts"
    " quad scale confidence joining sources reports disagreements decision.judgement source_id start end text"
    " coder"
).split()
_STATEMENT_COLUMNS = (
    "id holder issue stance direction about toward strength date.start date.end date.precision confidence"
    " decision.judgement source_id start end text"
).split()
_OBSERVATION_COLUMNS = (
    "id series_id reporter partner indicator flow product unit valuation base_year period.start period.end period.precision"
    " period.label number scale value low high approximate status remark source.producer source.title source.vintage"
    " source.licence source.url processing decision.judgement source_id digest table_id row column start end"
).split()
_DOCUMENT_COLUMNS = (
    "id type title author editor container-title publisher publisher-place issued volume issue page URL DOI genre"
    " files digest media_type language"
).split()
# Columns of numbers, so that Parquet keeps one type whatever the rows hold; all others are text or booleans.
_FLOATS = frozenset({"scale", "confidence", "joining", "strength", "value", "low", "high"})
_INTEGERS = frozenset({"quad", "start", "end", "direction", "base_year", "row", "column"})
_BOOLEANS = frozenset({"symmetric", "approximate"})


def export_events(view: View, form: ExportFormat | str = ExportFormat.JSONL) -> bytes:
    """Return the acts of the record, sorted by date, then id."""
    lines = [merged_event_line(act, view.ruling(act.id)) for act in view.events()]
    return _written(lines, _EVENT_COLUMNS, _form(form))


def export_statements(view: View, form: ExportFormat | str = ExportFormat.JSONL) -> bytes:
    """Return the statements of position, by issue, holder and place."""
    lines = [statement_line(each, view.ruling(each.id)) for each in view.statements()]
    return _written(lines, _STATEMENT_COLUMNS, _form(form))


def export_observations(view: View, form: ExportFormat | str = ExportFormat.JSONL) -> bytes:
    """Return the figures, by series and period."""
    lines = [observation_line(each, view.ruling(each.id)) for each in view.observations()]
    return _written(lines, _OBSERVATION_COLUMNS, _form(form), texts=frozenset({"scale"}))


def export_documents(view: View, form: ExportFormat | str = ExportFormat.JSONL) -> bytes:
    """Return the bibliography: CSL-JSON items, by name of the file, then id."""
    documents = view.documents()
    if _form(form) is ExportFormat.CSL:
        items = [document.bibliography.to_csl(document.id) for document in documents]
        return (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()
    lines = [document_line(document, view.names(document.id)) for document in documents]
    if _form(form) is not ExportFormat.JSONL:
        # JSON writes a line break in a file's name as \n; so does a table, where each row must stay one line.
        lines = [{**line, "files": [_on_one_line(name) for name in line["files"]]} for line in lines]
    return _written(lines, _DOCUMENT_COLUMNS, _form(form))


def _on_one_line(name: str) -> str:
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in name)


def _form(form: ExportFormat | str) -> ExportFormat:
    try:
        return ExportFormat(form)
    except ValueError as error:
        raise UnknownCode(
            f"There is no format {form!r}.", remedy=f"Choose one of {', '.join(ExportFormat)}."
        ) from error


def _written(
    lines: Sequence[Line], columns: Sequence[str], form: ExportFormat, texts: frozenset[str] = frozenset()
) -> bytes:
    if form is ExportFormat.CSL:
        raise UnknownCode("Only documents are written as CSL-JSON.", remedy="Choose jsonl, csv or parquet.")
    if form is ExportFormat.JSONL:
        return "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines).encode()
    flat = [{column: _cell(line, column) for column in columns} for line in lines]
    if form is ExportFormat.PARQUET:
        return _parquet(flat, columns, texts)
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    for row in flat:
        writer.writerow("" if cell is None else _text(cell) for cell in row.values())
    return stream.getvalue().encode()


def _cell(line: Line, column: str) -> Any:
    value: Any = line
    for part in column.split("."):
        value = None if value is None else value.get(part)
    if column == "issued" and value is not None:
        return "/".join("-".join(f"{part:02d}" for part in parts) for parts in value["date-parts"])
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if "code" not in value else value["code"]
    if isinstance(value, list):
        return "; ".join(_item(item) for item in value)
    return value


def _item(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    if "readings" in item:
        return f"{item['feature']}: {' / '.join(reading['value'] for reading in item['readings'])}"
    if "family" in item or "literal" in item:
        return item.get("literal") or ", ".join(item[key] for key in ("family", "given") if key in item)
    return str(item.get("code") or item.get("id"))


def _text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return str(cell)


def _parquet(flat: Iterable[dict[str, Any]], columns: Sequence[str], texts: frozenset[str]) -> bytes:
    # DuckDB writes it: the core has no pyarrow. One thread, so that the bytes do not hang on the machine's cores.
    import duckdb

    kinds = {column: _kind(column) if column not in texts else "VARCHAR" for column in columns}
    with TemporaryDirectory() as folder:
        rows, written = Path(folder) / "rows.jsonl", Path(folder) / "rows.parquet"
        with rows.open("w", encoding="utf-8") as stream:
            for row in flat:
                stream.write(json.dumps(row, ensure_ascii=False) + "\n")
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.read_json(str(rows), columns=kinds, format="newline_delimited").write_parquet(
                str(written), compression="zstd"
            )
        return written.read_bytes()


def _kind(column: str) -> str:
    if column in _FLOATS:
        return "DOUBLE"
    if column in _INTEGERS:
        return "BIGINT"
    return "BOOLEAN" if column in _BOOLEANS else "VARCHAR"
