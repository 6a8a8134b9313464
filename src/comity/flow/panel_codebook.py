"""The codebook of a panel: what each column holds, whose figures they are, and how they came there; as JSON and for people."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from comity import __version__
from comity.flow.panel_columns import Column
from comity.flow.panel_origins import Origin
from comity.flow.panel_rows import CLOSES, PanelRows
from comity.flow.wording import counted

EMPTY = (
    "An empty cell means that the source holds no figure for the row; it does not mean zero. Nothing is filled in, carried "
    "forward or interpolated. A source that lists only those pairs for which something holds or happened (borders, alliances, "
    "conflicts, trips) leaves the others empty, and also the years that it does not cover."
)


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the written file: rows, and by column how many have a value, in which years."""

    rows: int
    filled: Mapping[str, tuple[int, int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Codebook:
    """What a codebook tells of.

    Attributes:
        file: the panel's name.
        form: "csv" or "parquet".
        digest: the panel's SHA-256.
        origins: all that the columns may be from; of what the panel does not use nothing is told.
    """

    file: str
    form: str
    digest: str
    rows: PanelRows
    columns: Sequence[Column]
    written: Written
    origins: Sequence[Origin]

    def to_json(self) -> str:
        """Return it as a Data Package (specs.frictionlessdata.io) with what else is known of each field."""
        key = [column.name for column in self.columns if column.variable is None and not column.name.startswith("code")]
        package = {
            "profile": "data-package",
            "name": re.sub(r"[^a-z0-9._-]", "-", self.file.lower()),
            "title": self.title,
            "description": " ".join(self.paragraphs),
            "created_with": f"comity {__version__}",
            "sources": [self._source(source) for source in self._sources()],
            "resources": [
                {
                    "name": re.sub(r"[^a-z0-9._-]", "-", self.file.lower()),
                    "path": self.file,
                    "profile": "tabular-data-resource" if self.form == "csv" else "data-resource",
                    "format": self.form,
                    "hash": f"sha256:{self.digest}",
                    "rows": self.written.rows,
                    "schema": {
                        "fields": [self._field(column) for column in self.columns],
                        "missingValues": [""],
                        "primaryKey": key,
                    },
                }
            ],
        }
        return json.dumps(package, ensure_ascii=False, indent=2) + "\n"

    def to_markdown(self) -> str:
        """Return it as a page for people."""
        lines = [f"# {self.file}", "", f"{self.title}: {counted(self.written.rows, 'row')}.", ""]
        for paragraph in self.paragraphs:
            lines += [paragraph, ""]
        lines += ["## Columns", ""]
        for column in self.columns:
            lines += [f"### {column.name}", "", *self._told(column), ""]
        if self._sources():
            lines += ["## Sources", ""]
        for source in self._sources():
            told = self._source(source)
            lines += [f"### {source.key}", "", f"{told['title']}. {source.citation}", ""]
            lines += [f"- Terms: {source.licence}", *([f"- Address: {source.url}"] if source.url else [])]
            for file in told["files"]:
                edition = f", edition {file['vintage']}" if file["vintage"] else ""
                held = f"{file['count']:,} {file['counted']}"
                lines.append(f"- {file['name']}{edition}: {held}; SHA-256 {file['sha256']}")
                lines += [f"    - left out: {one['message']}" for one in file["left_out"]]
            lines += [f"- {one.sentence}" for one in source.superseded]
            lines.append("")
        return "\n".join(lines).rstrip() + "\n"

    @property
    def title(self) -> str:
        """What a row is, and of which years."""
        kind = (
            "State-years" if self.rows.by_state else f"{'Directed' if self.rows.directed else 'Undirected'} dyad-years"
        )
        first, last = self.rows.years
        return f"{kind} of the {_SYSTEMS[self.rows.system]} system of states, {first}-{last}"

    @property
    def paragraphs(self) -> list[str]:
        """What holds for the whole panel."""
        rows = self.rows
        if rows.by_state:
            told = ["A row is a state in a year in which it was a member of the system on one day at least."]
        else:
            order = "Each pair stands twice a year, from both sides." if rows.directed else (
                "Each pair stands once a year; state 1 is that with the lower number in the system."
            )  # fmt: skip
            told = [f"A row is a pair of states in a year in which both were members on one same day at least. {order}"]
        if rows.system == "GW":
            told[0] += f" Microstates are {'among them' if rows.microstates else 'left out'}."
        closes = CLOSES[rows.system]
        if rows.years[1] > closes:
            told.append(
                f"The published list closes with {closes}; those who were members then count as members ever after."
            )
        return [*told, EMPTY]

    def _told(self, column: Column) -> list[str]:
        field = self._field(column)
        lines = [f"{column.title}.", ""] + ([f"- Unit: {column.unit}"] if column.unit else [])
        if column.variable is not None:
            filled, years = field["share_filled"], field["years_filled"]
            lines.append(f"- Source: {column.variable.source}")
            lines.append(f"- Rows with a value: {filled:.1%}" + (f", {years[0]}-{years[1]}" if years else ""))
        return lines + [f"- {note}" for note in field["notes"]]

    def _field(self, column: Column) -> dict[str, Any]:
        told: dict[str, Any] = {"name": column.name, "type": column.kind, "title": column.title}
        if column.variable is None:
            return told | {"constraints": {"required": True}, "notes": list(column.notes)}
        one = column.variable
        filled, first, last = self.written.filled[column.name]
        origin = next(each for each in self.origins if each.key == one.source)
        files = [file for file in origin.files if file.digest in one.digests]
        notes = [*column.notes, *dict.fromkeys(_sentence(file.note) for file in files)]
        return told | {
            "unit": column.unit,
            "source": one.source,
            "indicator": one.indicator,
            "citation": origin.citation,
            "licence": origin.licence,
            "vintage": sorted({file.vintage for file in files if file.vintage}),
            "files_sha256": list(one.digests),
            "years_of_source": [one.first, one.last],
            "years_filled": None if first is None else [first, last],
            "share_filled": round(filled / self.written.rows, 6),
            "notes": [note for note in notes if note],
        }

    def _sources(self) -> list[Origin]:
        """Return the sources of the columns, sorted."""
        used = {column.variable.source for column in self.columns if column.variable is not None}
        return sorted((one for one in self.origins if one.key in used), key=lambda one: one.key)

    def _source(self, source: Origin) -> dict[str, Any]:
        used = {digest for column in self.columns if column.variable is not None for digest in column.variable.digests}
        files = [
            {
                "name": file.name,
                "vintage": file.vintage,
                "sha256": file.digest,
                "count": file.count,
                "counted": file.counted,
                "left_out": [
                    {"reason": reason, "count": count, "message": message} for reason, count, message in file.left_out
                ],
            }
            for file in source.files
            if file.digest in used
        ]
        return {
            "name": source.key,
            "title": source.title,
            "path": source.url,
            "citation": source.citation,
            "licence": source.licence,
            "files": files,
            "superseded": [
                {"name": one.name, "vintage": one.vintage, "counts": one.later} for one in source.superseded
            ],
        }


_SYSTEMS = {"COW": "Correlates of War", "GW": "Gleditsch-Ward"}


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:].rstrip('.')}." if words else ""
